import { certificateNames } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

const vendors =
  /Zscaler|Fortinet|FortiGate|Palo Alto|Netskope|Cisco Umbrella|Sophos|Kaspersky|ESET SSL|Avast|AVG Web|Blue ?Coat|Check Point|Barracuda|McAfee|Bitdefender|WatchGuard|SonicWall|Forcepoint|mitmproxy|Charles Proxy|Fiddler|PortSwigger/i;

export const rule = defineRule({
  code: 'intermediary.tls-interception',
  cause: 'intermediary',
  severity: 'error',
  title: 'Something between shakedown and the server opens the TLS',
  question: "Was the server's certificate issued by a product that intercepts TLS?",
  remedy: 'Trust the root of that product where the client runs, or let the host past its inspection.',
  fixes: [
    {
      for: 'shakedown',
      text: 'Give it the root of the interceptor for the server leg.',
      config: 'shakedown start --upstream-ca corporate-root.pem',
    },
    ...remediesFor('trust'),
  ],
  rfc: 'RFC 5280 6',
  examine: ({ server }) => {
    const chain = (server?.tls ?? server?.tlsFailure)?.chain ?? [];
    const leaf = chain.find(({ issuer }) => vendors.test(issuer));
    if (!leaf) return undefined;
    return {
      confidence: 0.95,
      evidence: certificateNames('server', leaf),
      title: `The certificate was issued by ${vendors.exec(leaf.issuer)?.[0]}: something on the way opens the TLS`,
      severity: server?.tls?.authorized === true ? 'warning' : 'error',
      culprit: vendors.exec(leaf.issuer)?.[0] ?? null,
    };
  },
});
