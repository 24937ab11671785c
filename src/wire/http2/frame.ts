/** Frame types of RFC 9113 section 6. */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const flags = { endStream: 0x1, ack: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** What a client says first (RFC 9113 section 3.4). */
export const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

export const frameHeadLength = 9;

export interface FrameHead {
  /** Of the payload, bytes. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
}

/** The nine bytes at that place; they must all be there. */
export const readFrameHead = (bytes: Buffer, at: number): FrameHead => ({
  length: bytes.readUIntBE(at, 3),
  type: bytes[at + 3] ?? 0,
  flags: bytes[at + 4] ?? 0,
  stream: bytes.readUInt32BE(at + 5) & 0x7fffffff,
});

export const writeFrame = (head: Omit<FrameHead, 'length'>, payload: Uint8Array = Buffer.alloc(0)): Buffer => {
  const bytes = Buffer.alloc(frameHeadLength + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes[3] = head.type;
  bytes[4] = head.flags;
  bytes.writeUInt32BE(head.stream, 5);
  bytes.set(payload, frameHeadLength);
  return bytes;
};

/** Every peer takes frames of that length (RFC 9113 section 4.2). */
const sureLength = 16_384;

/** A header block as HEADERS and CONTINUATION frames. */
export const writeHeaders = (stream: number, block: Uint8Array, endStream: boolean): Buffer => {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += sureLength) {
    const last = at + sureLength >= block.length;
    frames.push(
      writeFrame(
        {
          type: at === 0 ? frameTypes.headers : frameTypes.continuation,
          flags: (last ? flags.endHeaders : 0) | (at === 0 && endStream ? flags.endStream : 0),
          stream,
        },
        block.subarray(at, at + sureLength),
      ),
    );
  }
  return Buffer.concat(frames);
};

/** A whole body as DATA frames, the last one with END_STREAM. */
export const writeBody = (stream: number, body: Uint8Array, ends = true): Buffer => {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < body.length; at += sureLength) {
    const last = at + sureLength >= body.length;
    frames.push(
      writeFrame({ type: frameTypes.data, flags: last && ends ? flags.endStream : 0, stream }, body.subarray(at, at + sureLength)),
    );
  }
  return Buffer.concat(frames);
};

const fourBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export const writeReset = (stream: number, code: number): Buffer =>
  writeFrame({ type: frameTypes.reset, flags: 0, stream }, fourBytes(code));

export const writeWindowUpdate = (stream: number, bytes: number): Buffer =>
  writeFrame({ type: frameTypes.windowUpdate, flags: 0, stream }, fourBytes(bytes));

/** `debug` is latin1 (RFC 9113 section 6.8). */
export const writeGoaway = (said: { readonly lastStream: number; readonly code: number; readonly debug: string }): Buffer => {
  const payload = Buffer.concat([fourBytes(said.lastStream), fourBytes(said.code), Buffer.from(said.debug, 'latin1')]);
  return writeFrame({ type: frameTypes.goaway, flags: 0, stream: 0 }, payload);
};

/** RFC 9113 section 7. */
export const errorNames = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const;

export const errorName = (code: number): string => errorNames[code] ?? `0x${code.toString(16)}`;
/** The inverse of `errorName`; INTERNAL_ERROR for a name that it does not give. */
export const errorNamed = (name: string): number => {
  const known: number = (errorNames as readonly string[]).indexOf(name);
  if (known !== -1) return known;
  return /^0x[0-9a-f]{1,8}$/.test(name) ? Number(name) : errorCode('INTERNAL_ERROR');
};
export const errorCode = (name: (typeof errorNames)[number]): number => errorNames.indexOf(name);

/** RFC 9113 section 6.5.2 and RFC 8441 section 3. */
const settingNames: Readonly<Record<number, string>> = {
  1: 'HEADER_TABLE_SIZE',
  2: 'ENABLE_PUSH',
  3: 'MAX_CONCURRENT_STREAMS',
  4: 'INITIAL_WINDOW_SIZE',
  5: 'MAX_FRAME_SIZE',
  6: 'MAX_HEADER_LIST_SIZE',
  8: 'ENABLE_CONNECT_PROTOCOL',
  9: 'NO_RFC7540_PRIORITIES',
};

/** The pairs of a SETTINGS payload by name; unknown ones as `0xN`. */
export const readSettings = (payload: Buffer): Readonly<Record<string, number>> => {
  const settings: Record<string, number> = {};
  for (let at = 0; at + 6 <= payload.length; at += 6) {
    const id = payload.readUInt16BE(at);
    settings[settingNames[id] ?? `0x${id.toString(16)}`] = payload.readUInt32BE(at + 2);
  }
  return settings;
};

/** The payload of a SETTINGS frame with these values; a name that `readSettings` does not give is left out. */
export const writeSettings = (settings: Readonly<Record<string, number>>): Buffer => {
  const ids = new Map(Object.entries(settingNames).map(([id, name]) => [name, Number(id)]));
  const pairs = Object.entries(settings).flatMap(([name, value]) => {
    const id = ids.get(name) ?? (/^0x[0-9a-f]{1,4}$/.test(name) ? Number(name) : null);
    return id === null ? [] : [[id, value] as const];
  });
  const payload = Buffer.alloc(pairs.length * 6);
  for (const [index, [id, value]] of pairs.entries()) {
    payload.writeUInt16BE(id, index * 6);
    payload.writeUInt32BE(value >>> 0, index * 6 + 2);
  }
  return payload;
};

/** What is left of a frame's payload without its padding; null when the padding is longer than the payload. */
export const withoutPadding = (head: Pick<FrameHead, 'flags'>, payload: Buffer): Buffer | null => {
  if (!(head.flags & flags.padded)) return payload;
  const padding = payload[0] ?? 0;
  return padding + 1 > payload.length ? null : payload.subarray(1, payload.length - padding);
};
