import type { Exchange } from '../model/exchange.js';
import type { Fix } from '../model/finding.js';
import { field } from '../model/head.js';
import { parseHead } from '../wire/http-head.js';
import { remediesFor } from './remedies/remedies.js';

interface ClientKind {
  readonly name: string;
  /** In User-Agent. */
  readonly agent: RegExp;
  /** The product whose fix makes it trust a CA. */
  readonly product: string;
}

/** The more special before the more general: Edge and Chromium call themselves Safari too. */
const kinds: readonly ClientKind[] = [
  { name: 'Firefox', agent: /Firefox\//, product: 'Firefox' },
  { name: 'Edge', agent: /Edg\//, product: 'Chromium' },
  { name: 'Chromium', agent: /Chrom(e|ium)\//, product: 'Chromium' },
  { name: 'curl', agent: /^curl\//, product: 'curl' },
  { name: 'Go', agent: /^Go-http-client\//, product: 'Go client' },
  { name: 'Java', agent: /^(Java|Java-http-client|okhttp|Apache-HttpClient)\//, product: 'Java' },
  { name: 'Python', agent: /^(Python|python-requests|aiohttp|websocket-client|python-httpx)|aiohttp\/|websockets\//, product: 'Python' },
  { name: 'Node', agent: /^(node|undici|axios)\b/i, product: 'Node' },
];

/**
 * Which client this is, by the User-Agent of its CONNECT or its request; undefined where neither says (ws, Python and java.net.http name nothing
 * in CONNECT).
 */
export const clientKindOf = ({ door, heads }: Exchange): { readonly name: string; readonly trust: readonly Fix[] } | undefined => {
  const connect = door.request.startsWith('CONNECT ') ? parseHead(door.request, 'request') : undefined;
  const agent = field(connect, 'User-Agent') ?? field(heads.clientSent ?? undefined, 'User-Agent');
  const kind = agent === undefined ? undefined : kinds.find((one) => one.agent.test(agent));
  return kind && { name: kind.name, trust: remediesFor('trust').filter((fix) => fix.for === kind.product) };
};
