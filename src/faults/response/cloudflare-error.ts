import { defineFault } from '../fault.js';
import { type CloudflareError, cloudflareErrorPage, cloudflareErrors } from '../pages/cloudflare.js';
import { settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'cloudflare-error',
  stage: 'response',
  leg: 'client',
  title: 'Cloudflare cannot get at the server: 520 to 526, or 530',
  about:
    'The answer to the handshake is replaced by one of the statuses that only Cloudflare has, with the short text that it gives to whoever asks for no HTML.',
  imitates:
    'An origin behind Cloudflare that answers nonsense (520), is down (521), does not answer in time (522, 524), cannot be reached (523), has a TLS setup (525) or a certificate (526) that Cloudflare does not take, or a name that does not resolve (530).',
  params: {
    code: { type: 'string', default: '522', choices: Object.keys(cloudflareErrors), about: 'The status.' },
  },
  example: 'cloudflare-error:code=522',
  expects: ['intermediary.bad-gateway'],
  effects: refusedEffects,
  rows: ['hop.bad-gateway'],
  apply: (answer, { code }, context) => writePage(cloudflareErrorPage(Number(code) as CloudflareError, settingOf(answer, context))),
});
