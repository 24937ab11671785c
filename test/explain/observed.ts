import { readFileSync } from 'node:fs';

/** What a real client said against a server that was broken in a known way. */
export interface Observed {
  readonly client: string;
  readonly scenario: string;
  /** What was truly wrong; empty where nothing was. */
  readonly codes: readonly string[];
  /** In order, as the client's events printed them. */
  readonly events: readonly string[];
}

export const observed: readonly Observed[] = readFileSync(new URL('observed.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [client, scenario, codes, events] = JSON.parse(line) as [string, string, readonly string[], readonly string[]];
    return { client, scenario, codes, events };
  });

/** Opened, talked, closed as one should: the client does not say that anything is wrong. */
const quiet =
  /^(?:open(?: read: "[^"]*" <nil>)?|connect|message.*|msg .*|TEXT .*|hsResp \d+|(?:close|CLOSE) 100[05].*|CLOSED None None|open read: "hi" websocket: close 1000 \(normal\))$/;

/** The measuring program's own words for `I waited, and nothing came`; after an open also its own deadline for reading. */
const gaveUp =
  /^TIMEOUT state=\d|^no event|^no error; still open|^builtins\.TimeoutError: +(?:<cause asyncio.exceptions.CancelledError: >)?$/;
const gaveUpOnceOpen =
  /i\/o timeout$|context deadline exceeded$|WebSocketTimeoutException|StatusNormalClosure and reason = ""|ConnectionClosedOK/;

export type Worth = 'nothing wrong' | 'no error text' | 'deadline of the measurement' | 'an error text';

export const worthOf = ({ codes, events }: Observed): Worth => {
  if (codes.length === 0) return 'nothing wrong';
  if (events.every((event) => quiet.test(event))) return 'no error text';
  const opened = /^(?:open|connect)/.test(events[0] ?? '');
  const ended = (event: string) => gaveUp.test(event) || (opened && gaveUpOnceOpen.test(event));
  return events.every((event) => quiet.test(event) || ended(event)) ? 'deadline of the measurement' : 'an error text';
};
