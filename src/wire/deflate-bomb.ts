import { constants, deflateRawSync } from 'node:zlib';

const mebibyte = 1024 * 1024;

/**
 * The payload of a compressed message (RFC 7692 section 7.2.1) that inflates to so many MiB of zeros. It takes about 1 KiB for each of
 * them, and only one is ever held: every block but the last ends in a full flush, so that it can be written again and again.
 */
export const deflatedZeros = (mebibytes: number): Uint8Array => {
  const block = deflateRawSync(Buffer.alloc(mebibyte), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const bytes = Buffer.alloc(block.length * mebibytes);
  for (let at = 0; at < bytes.length; at += block.length) block.copy(bytes, at);
  // The receiver puts the last four bytes of the flush back.
  return bytes.subarray(0, -4);
};
