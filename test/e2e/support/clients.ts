import { withCurl } from '../../support/clients/curl.js';
import { withNodeGlobal } from '../../support/clients/node-global.js';
import { withNpmWs } from '../../support/clients/npm-ws.js';
import type { Attempt, Outcome } from '../../support/clients/outcome.js';
import { withPythonWebsockets } from '../../support/clients/python-websockets.js';
import { withUndici } from '../../support/clients/undici.js';
import { findProgram, findPythonWebsockets } from '../../support/find.js';

export type ClientName = 'npm ws' | 'undici' | "Node's global" | 'Python websockets' | 'curl' | 'Chromium';

export interface Client {
  readonly name: ClientName;
  readonly drive: (attempt: Attempt) => Promise<Outcome>;
}

/** The Origin that every client but a browser is told to send; the servers let it in. */
export const goodOrigin = 'http://good.example';

const python = findPythonWebsockets();
const curl = findProgram('curl');

/** The clients on this machine, Chromium apart: that one is a browser per fault set. */
export const clients: readonly Client[] = [
  { name: 'npm ws', drive: withNpmWs },
  { name: 'undici', drive: withUndici },
  { name: "Node's global", drive: withNodeGlobal },
  ...('path' in python
    ? [{ name: 'Python websockets' as const, drive: (attempt: Attempt) => withPythonWebsockets(python.path, attempt) }]
    : []),
  ...('path' in curl ? [{ name: 'curl' as const, drive: (attempt: Attempt) => withCurl(curl.path, attempt) }] : []),
];
