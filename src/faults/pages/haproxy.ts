import { reasonPhrase } from '../../wire/reason-phrase.js';
import type { Page } from './page.js';

/** The sentences of its built-in pages. Measured with 2.6.12. */
const sentences: Readonly<Record<number, string>> = {
  401: 'You need a valid user and password to access this content.',
  403: 'Request forbidden by administrative rules.',
  429: 'You have sent too many requests in a given amount of time.',
  502: 'The server returned an invalid or incomplete response.',
  503: 'No server is available to handle this request.',
  504: "The server didn't respond in time.",
};

/** HAProxy names itself nowhere: no Server, no Date, fields in lower case. */
export const haproxyPage = (status: number, fields: Page['fields'] = []): Page => {
  const reason = status === 504 ? 'Gateway Time-out' : reasonPhrase(status);
  return {
    status,
    reason,
    fields: [['content-length', null], ['cache-control', 'no-cache'], ['content-type', 'text/html'], ...fields, ['connection', 'close']],
    body: `<html><body><h1>${status} ${reason}</h1>\n${sentences[status] ?? ''}\n</body></html>\n`,
  };
};
