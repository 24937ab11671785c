import { shownChains } from '../certificates.js';
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
  examine: (exchange) => {
    for (const { leg, chain, accepted } of shownChains(exchange)) {
      const leaf = chain.find(({ issuer }) => vendors.test(issuer));
      if (!leaf) continue;
      const vendor = vendors.exec(leaf.issuer)?.[0];
      return {
        confidence: 0.95,
        evidence: certificateNames(leg, leaf),
        title: `The certificate was issued by ${vendor}: something on the way opens the TLS`,
        severity: accepted ? 'warning' : 'error',
        // What a fault shows is the fault's.
        culprit: leg === 'server' ? (vendor ?? null) : null,
      };
    }
    return undefined;
  },
});
