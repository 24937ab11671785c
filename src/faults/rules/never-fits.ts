import type { Entrance, ExchangeKind } from '../../model/event.js';
import type { Target } from '../../model/target.js';
import { didYouMean } from '../../wire/nearest.js';
import { shown } from '../params.js';

const kinds = ['websocket', 'http', 'tunnel', 'unknown'] as const satisfies readonly ExchangeKind[];
const entrances = ['connect', 'absolute', 'socks5', 'socks4a', 'reverse'] as const satisfies readonly Entrance[];
const schemes = ['ws', 'wss', 'http', 'https', 'tcp'] as const satisfies readonly Target['scheme'][];
const closed: Readonly<Record<string, readonly string[]>> = { kind: kinds, entrance: entrances, scheme: schemes };

/** Why no exchange has this value: what is written so by mistake. Undefined: some may. */
export const neverFits = (key: string, text: string): string | undefined => {
  const known = closed[key];
  if (known && !text.includes('*') && !known.includes(text.toLowerCase()))
    return `${shown(text)} is not one of ${known.join(', ')}${didYouMean(text, known) || '.'}`;
  if (key === 'path' && !/^[/*]/.test(text))
    return `a path begins with a slash, and ${shown(text)} fits none; \`*\` stands for any characters, and there are no regular expressions.`;
  const [, host, port] = (key === 'host' && /^([^:]+):(\d+)$/.exec(text)) || [];
  return port === undefined ? undefined : `a host has no port: \`host: ${shown(host ?? '')}\`, and beside it \`port: ${port}\`.`;
};
