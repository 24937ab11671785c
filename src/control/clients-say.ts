import { type ClientWords, wordsFor } from '../explain/words.js';

/** Families of clients, those that most people have first. */
const families = [
  ...['Chromium', 'Firefox', 'WebKit', 'ws', 'undici', 'Node built-in WebSocket', 'socket.io-client'],
  ...['Python websockets', 'aiohttp', 'websocket-client', 'gorilla/websocket', 'okhttp', '.NET ClientWebSocket', 'curl'],
] as const;

/** What a client shows of such a failure. */
export interface ClientSays {
  readonly clients: readonly string[];
  /** With `«url»` and the like where a value stands. */
  readonly text: string;
}

/** A sentence that stands for more findings than this tells nobody what is wrong. */
const mostMeanings = 12;

/** What the families of clients say of a finding, each in its clearest words; those that have none of their own are left out. */
export const clientsSay = (code: string, status: number): readonly ClientSays[] => {
  const words = wordsFor(code, status).filter(({ alsoFor }) => alsoFor <= mostMeanings);
  const said = new Map<ClientWords, string[]>();
  for (const family of families) {
    const clearest = words.find(({ clients }) => clients.includes(family));
    if (clearest) said.set(clearest, [...(said.get(clearest) ?? []), family]);
  }
  return [...said].map(([{ text }, clients]) => ({ clients, text }));
};
