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
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Nothing, not even for 2000 fields in 442 kB.' },
    {
      client: 'curl 7.88',
      sees: 'Nothing for the example; curl: (56) CONNECT response too large for one line of 70,000, Too large response headers over 300 kB.',
    },
    { client: 'Chromium', sees: 'Nothing up to 70 kB; for 442 kB net::ERR_RESPONSE_HEADERS_TOO_BIG.' },
    { client: 'Python http.client', sees: 'Nothing for 2000 fields; LineTooLong: got more than 65536 bytes when reading header line.' },
    {
      client: 'Python aiohttp 3.8',
      sees: "ClientResponseError: 400, message='Too many headers received' for the example; Got more than 8190 bytes when reading for one long line.",
    },
  ],
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
