import type { Find } from './find.js';

/** What SOCKS said, latin1: user and password of RFC 1929 behind the greeting of SOCKS5, the user id of SOCKS4. A message that is cut short gives what is there. */
export const findSocks = (said: string): Find[] => {
  const kind = 'proxy credentials';
  if (said.startsWith('\x04')) {
    const end = said.indexOf('\0', 8);
    const stop = end === -1 ? said.length : end;
    return stop > 8 ? [{ start: 8, end: stop, kind, reach: 'random' }] : [];
  }
  const at = 2 + said.charCodeAt(1);
  if (!said.startsWith('\x05') || said[at] !== '\x01') return [];
  const userAt = at + 2;
  const userEnd = userAt + said.charCodeAt(at + 1);
  const passwordEnd = userEnd + 1 + said.charCodeAt(userEnd);
  const spans = [
    { start: userAt, end: Math.min(userEnd, said.length), reach: 'random' as const },
    { start: userEnd + 1, end: Math.min(Number.isNaN(passwordEnd) ? said.length : passwordEnd, said.length), reach: 'password' as const },
  ];
  return spans.filter(({ start, end }) => end > start).map((span) => ({ ...span, kind }));
};

/** A number of MQTT in up to four bytes (MQTT 5 section 1.5.5), and where it ends. */
const variable = (packet: string, from: number): readonly [value: number, end: number] => {
  let value = 0;
  for (let at = from; at < from + 4 && at < packet.length; at++) {
    const byte = packet.charCodeAt(at);
    value += (byte & 0x7f) * 128 ** (at - from);
    if (byte < 0x80) return [value, at + 1];
  }
  return [0, packet.length];
};

/** User name and password of an MQTT CONNECT (MQTT 3.1.1 section 3.1, MQTT 5 section 3.1); nothing for every other text. */
export const findMqtt = (packet: string): Find[] => {
  if (!packet.startsWith('\x10')) return [];
  const start = variable(packet, 1)[1];
  const name = /^(?:\0\x04MQTT|\0\x06MQIsdp)/.exec(packet.slice(start, start + 8))?.[0];
  if (name === undefined) return [];
  let at = start + name.length;
  const version = packet.charCodeAt(at);
  const flags = packet.charCodeAt(at + 1);
  at += 4;
  const properties = (): void => {
    if (version < 5) return;
    const [length, end] = variable(packet, at);
    at = end + length;
  };
  /** The next text or bytes with their length in front. */
  const taken = (): readonly [number, number] => {
    const from = at + 2;
    at = from + (packet.charCodeAt(at) << 8) + packet.charCodeAt(at + 1);
    return [Math.min(from, packet.length), Math.min(Number.isNaN(at) ? packet.length : at, packet.length)];
  };
  properties();
  taken();
  if (flags & 0x04) {
    properties();
    taken();
    taken();
  }
  const finds: Find[] = [];
  if (flags & 0x80) {
    const [from, end] = taken();
    if (end > from) finds.push({ start: from, end, kind: 'value of a secret key', reach: 'random' });
  }
  if (flags & 0x40) {
    const [from, end] = taken();
    if (end > from) finds.push({ start: from, end, kind: 'value of a secret key', reach: 'password' });
  }
  return finds;
};
