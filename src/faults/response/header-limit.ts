import { defineFault } from '../fault.js';
import { apacheBadRequest } from '../pages/apache.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, type Page, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

/** All measured: nginx and Apache httpd call it a bad request, Node has the status for it. */
const brands = {
  node: (): Page => ({ status: 431, fields: [['Connection', 'close']], body: '' }),
  nginx: (at) =>
    nginxPage(400, at, {
      title: '400 Request Header Or Cookie Too Large',
      more: 'Request Header Or Cookie Too Large',
    }),
  apache: (at) => apacheBadRequest(at, 'Size of a request header field exceeds server limit.'),
} satisfies Brands;

export const fault = defineFault({
  id: 'header-limit',
  stage: 'response',
  leg: 'client',
  title: 'The request head is over a limit',
  about:
    'Handshakes whose head takes more than `bytes` bytes, as the client sent it, get the refusal of a server with such a limit; shorter ones are left alone.',
  imitates: 'Cookies or tokens that have grown: nginx and Apache httpd take 8 KiB for one field, Node 16 KiB for the head.',
  params: {
    brand: brandParam(brands, 'nginx'),
    bytes: { type: 'number', default: 8192, min: 0, max: 65_536, whole: true, about: 'The limit for the whole head.' },
  },
  example: 'header-limit:brand=nginx,bytes=100',
  expects: ['intermediary.header-too-large'],
  effects: refusedEffects,
  rows: ['hop.header-limit'],
  apply: (answer, { brand, bytes }, context) =>
    (context.request?.raw.length ?? 0) > bytes ? writePage(brands[brand](settingOf(answer, context))) : undefined,
});
