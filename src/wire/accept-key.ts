import { createHash } from 'node:crypto';

/** The GUID of RFC 6455 section 1.3. */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The `Sec-WebSocket-Accept` that answers this `Sec-WebSocket-Key` (RFC 6455 section 4.2.2). `key` is latin1 text as it stood in the head. */
export const acceptFor = (key: string): string => createHash('sha1').update(`${key}${guid}`, 'latin1').digest('base64');
