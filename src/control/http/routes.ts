import { version } from '../version.js';
import { openApiOf } from './openapi.js';
import { json, type Route } from './route.js';
import { exchangeRoutes } from './routes/exchanges.js';
import { faultRoutes } from './routes/faults.js';
import { holdRoutes } from './routes/holds.js';
import { processRoutes } from './routes/process.js';

/** Every route of the control API. */
export const routes: readonly Route[] = [
  ...processRoutes,
  {
    method: 'GET',
    path: '/v1/openapi.json',
    id: 'getDescription',
    summary: 'This API as an OpenAPI 3.1 document',
    answers: { 200: { about: 'The document.', schema: { type: 'object' } } },
    handle: async () => json(openApiOf(routes, version)),
  },
  ...exchangeRoutes,
  ...faultRoutes,
  ...holdRoutes,
];
