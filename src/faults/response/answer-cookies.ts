import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'answer-cookies',
  stage: 'response',
  leg: 'client',
  title: 'The answer sets cookies',
  about:
    'Adds Set-Cookie fields to the answer, one for each cookie, which is the one field that may come many times (RFC 6265 section 3). Browsers keep them; many libraries drop them, and lose the affinity to a server that way.',
  imitates: 'A load balancer that keeps clients at one server (AWSALB, SERVERID), a framework that renews its session with each answer.',
  params: {
    count: { type: 'number', default: 2, min: 1, max: 50, whole: true, about: 'How many cookies.' },
    bytes: { type: 'number', default: 32, min: 1, max: 4096, whole: true, about: 'How long the value of each is, bytes.' },
  },
  example: 'answer-cookies:count=2',
  expects: [],
  effects: [
    {
      client: 'ws (Node), Chromium, Python websockets 10, undici 7',
      sees: 'Open, while the head stays under their limits; ten cookies of 4000 bytes are too much for Node (Header overflow).',
    },
    { client: 'ws (Node)', sees: "Keeps no cookies; the fields stand in the event 'upgrade'." },
  ],
  apply: ({ raw }, { count, bytes }) => {
    const cookies = Array.from({ length: count }, (_, nth) => `shakedown-${nth + 1}=${'c'.repeat(bytes)}; Path=/; HttpOnly`);
    return { raw: cookies.reduce((text, cookie) => addField(text, 'Set-Cookie', cookie), raw) };
  },
});
