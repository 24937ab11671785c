/**
 * Code lengths in bits of the symbols 0 to 255 (RFC 7541 appendix B). The code is canonical, so the lengths are all of it; the 30 ones of EOS
 * (symbol 256) follow from them.
 */
const lengths: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10,
  12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7,
  7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22,
  23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22,
  23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20,
  24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
];

/** Of each length: the first code, and the symbols in the order of their codes. */
const byLength = (() => {
  const rows: { readonly first: number; readonly symbols: readonly number[] }[] = [];
  let code = 0;
  for (let length = 0; length <= 30; length++) {
    const symbols = lengths.flatMap((own, symbol) => (own === length ? [symbol] : []));
    rows.push({ first: code, symbols });
    code = (code + symbols.length) * 2;
  }
  return rows;
})();

/** Text that is Huffman-coded in these bytes, latin1; null when they hold EOS, or end in other than up to 7 one bits (RFC 7541 section 5.2). */
export const readHuffman = (bytes: Uint8Array): string | null => {
  const text: number[] = [];
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length += 1;
      if (length > 30) return null;
      const row = byLength[length];
      const symbol = row?.symbols[code - row.first];
      if (symbol === undefined) continue;
      text.push(symbol);
      [code, length] = [0, 0];
    }
  }
  if (length > 7 || code !== 2 ** length - 1) return null;
  return Buffer.from(text).toString('latin1');
};
