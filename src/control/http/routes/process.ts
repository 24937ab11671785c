import { json, type Route } from '../route.js';
import { ref, text } from '../schemas.js';

export const processRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/info',
    id: 'getInfo',
    summary: 'What runs here, and where it listens',
    answers: { 200: { about: 'The facts.', schema: ref('Info') } },
    handle: async (_, { control }) => {
      const { version, proxy, reverse, control: url, ca, leafPin, recording, seed, pid } = await control.info();
      return json({ version, proxy, reverse, control: url, ca, leafPin, recording, seed, pid });
    },
  },
  {
    method: 'GET',
    path: '/v1/metrics',
    id: 'getMetrics',
    summary: 'Counts for Prometheus',
    answers: { 200: { about: 'Text format 0.0.4.', type: 'text/plain', schema: text() } },
    handle: async (_, { metrics }) => ({
      type: 'text',
      status: 200,
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: await metrics(),
    }),
  },
];
