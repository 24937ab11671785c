import type { Exchange } from '../../model/exchange.js';
import { lacks } from '../../model/imported.js';
import type { Leg } from '../../model/leg.js';
import { addressOf, bytes, endingOf, isStream } from '../wording.js';
import { html, nothing, type SafeHtml } from './html.js';

const tlsWords = (leg: Leg, exchange: Exchange): string => {
  if (leg.tlsFailure) return '✗ TLS failed';
  if (!leg.tls) return lacks(exchange, 'tls') ? 'TLS not recorded' : leg.hello ? 'TLS not opened' : 'no TLS';
  const version = leg.tls.version.replace('TLSv', 'TLS ');
  return leg.tls.authorized === false ? `${version}, ✗ not verified` : version;
};

const node = (name: string, leg: Leg | null): SafeHtml => {
  const peer = leg?.peer ? html` <code>${addressOf(leg.peer)}</code>` : nothing;
  return html`<li class="node"><b>${name}</b>${peer}</li>
`;
};

const wire = (exchange: Exchange, side: 'client' | 'server'): SafeHtml => {
  const leg = exchange[side];
  const connected = leg !== null && leg.peer !== null;
  const facts = connected
    ? [
        tlsWords(leg, exchange),
        ...(isStream(exchange, side) ? [`HTTP/2 stream ${exchange.http2?.stream ?? ''}`] : []),
        `${bytes(leg.bytesIn)} in, ${bytes(leg.bytesOut)} out`,
      ]
    : [];
  return html`<li class="wire ${side}${connected ? '' : ' cut'}"><span class="over"><b>${side} leg</b> ${facts.join(' · ')}</span><span class="under">${endingOf(exchange, side)}</span></li>
`;
};

/** Both legs at a glance: who was connected to whom, how, and how that ended. */
export const pathStrip = (exchange: Exchange): SafeHtml => html`<ul class="path" aria-label="The way of this exchange">
${node('App', exchange.client)}${wire(exchange, 'client')}${node('shakedown', null)}${wire(exchange, 'server')}${node(exchange.upstream ? 'Upstream proxy' : 'Server', exchange.server)}</ul>
`;
