import { defineFault } from '../fault.js';

/** Fields stop at so many characters of head: the record keeps it. */
const most = 512 * 1024;

export const fault = defineFault({
  id: 'connect-extra-head',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The 200 that opens the tunnel has a head too many or too long',
  about:
    'The answer to CONNECT carries `fields` further fields with values of `length` characters, as far as 512 KiB go. It is good HTTP; clients have limits all the same, each its own.',
  imitates: 'A proxy that adds its policy, its cookies or a trace to every answer.',
  params: {
    fields: { type: 'number', default: 150, min: 1, max: 10_000, whole: true, about: 'How many fields.' },
    length: { type: 'number', default: 60, min: 0, max: 500_000, whole: true, about: 'How long each value is, characters.' },
  },
  example: 'connect-extra-head:fields=150,length=60',
  expects: [],
  effects: [],
  rows: ['hop.header-limit'],
  apply: ({ reply }, { fields, length }) => {
    const end = reply.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const value = 'x'.repeat(length);
    const width = 'X-Proxy-Trace-00000: \r\n'.length + length;
    const count = Math.max(1, Math.min(fields, Math.floor(most / width)));
    const lines = Array.from({ length: count }, (_, index) => `\r\nX-Proxy-Trace-${index}: ${value}`);
    return { raw: `${reply.slice(0, end)}${lines.join('')}${reply.slice(end)}` };
  },
});
