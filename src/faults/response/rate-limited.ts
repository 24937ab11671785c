import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { apiGatewayPage } from '../pages/aws.js';
import { cloudflareErrorPage } from '../pages/cloudflare.js';
import { haproxyPage } from '../pages/haproxy.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, type Page, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  express: ({ date }): Page => ({
    status: 429,
    fields: [
      ['X-Powered-By', 'Express'],
      ['X-RateLimit-Limit', '5'],
      ['X-RateLimit-Remaining', '0'],
      ['Date', date],
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Length', null],
      ['Connection', 'close'],
    ],
    body: 'Too many requests, please try again later.',
  }),
  nginx: (at) => nginxPage(429, at),
  haproxy: () => haproxyPage(429),
  // 1015 is Cloudflare's own number for "you are being rate limited".
  cloudflare: (at) => cloudflareErrorPage(429, at, 1015),
  'aws-api-gateway': (at) => apiGatewayPage(429, at, { type: 'LimitExceededException', message: 'Too Many Requests' }),
} satisfies Brands;

export const fault = defineFault({
  id: 'rate-limited',
  stage: 'response',
  leg: 'client',
  title: 'Too many handshakes: 429',
  about:
    'The answer to the handshake is replaced by 429, with a Retry-After of `seconds`. With `first`, `every` or `nth` only some handshakes meet it, as with a real limit.',
  imitates: 'A limit of connections for each address or token, met by clients that reconnect without waiting.',
  params: {
    brand: brandParam(brands, 'express'),
    seconds: { type: 'number', default: 60, min: 0, max: 86_400, whole: true, about: 'The Retry-After field; 0 is none.' },
  },
  example: 'rate-limited:seconds=30',
  expects: ['intermediary.rate-limited'],
  effects: refusedEffects,
  rows: ['hop.waf'],
  apply: (answer, { brand, seconds }, context) => {
    const page = writePage(brands[brand](settingOf(answer, context)));
    return seconds === 0 ? page : { ...page, raw: addField(page.raw, 'Retry-After', String(seconds)) };
  },
});
