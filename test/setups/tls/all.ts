import type { Setup } from '../setup.js';
import { setup as apacheClientCert } from './apache-client-cert.js';
import { setup as apacheClientCertPath } from './apache-client-cert-path.js';
import { setup as caddyClientCert } from './caddy-client-cert.js';
import { setup as caddyInternal } from './caddy-internal.js';
import { setup as caddyInternalTrusted } from './caddy-internal-trusted.js';
import { setup as caddyUnknownName } from './caddy-unknown-name.js';
import { setup as eof } from './eof.js';
import { setup as haproxyClientCert } from './haproxy-client-cert.js';
import { setup as haproxyExpiredIntermediate } from './haproxy-expired-intermediate.js';
import { setup as haproxyHealthy } from './haproxy-healthy.js';
import { setup as haproxyStrictSni } from './haproxy-strict-sni.js';
import { setup as haproxyUnknownCa } from './haproxy-unknown-ca.js';
import { setup as nginxAddress } from './nginx-address.js';
import { setup as nginxAddressAsDns } from './nginx-address-as-dns.js';
import { setup as nginxAddressNoSan } from './nginx-address-no-san.js';
import { setup as nginxClientCert } from './nginx-client-cert.js';
import { setup as nginxClientCertOptional } from './nginx-client-cert-optional.js';
import { setup as nginxExpired } from './nginx-expired.js';
import { setup as nginxHealthy } from './nginx-healthy.js';
import { setup as nginxMissingIntermediate } from './nginx-missing-intermediate.js';
import { setup as nginxMissingIntermediatePlain } from './nginx-missing-intermediate-plain.js';
import { setup as nginxOddCipher } from './nginx-odd-cipher.js';
import { setup as nginxRevoked } from './nginx-revoked.js';
import { setup as nginxSelfSigned } from './nginx-self-signed.js';
import { setup as nginxSha1 } from './nginx-sha1.js';
import { setup as nginxSniOtherVhost } from './nginx-sni-other-vhost.js';
import { setup as nginxSniRejected } from './nginx-sni-rejected.js';
import { setup as nginxTls11 } from './nginx-tls11.js';
import { setup as nginxUnknownCa } from './nginx-unknown-ca.js';
import { setup as nginxWeakKey } from './nginx-weak-key.js';
import { setup as nginxWrongHost } from './nginx-wrong-host.js';
import { setup as nginxWrongPurpose } from './nginx-wrong-purpose.js';
import { setup as nodeH2Only } from './node-h2-only.js';
import { setup as opensslClientCert } from './openssl-client-cert.js';
import { setup as opensslTls10 } from './openssl-tls10.js';
import { setup as silent } from './silent.js';
import { setup as stunnelClientCert } from './stunnel-client-cert.js';
import { setup as stunnelClientCertTls12 } from './stunnel-client-cert-tls12.js';
import { setup as stunnelDeadService } from './stunnel-dead-service.js';
import { setup as stunnelHealthy } from './stunnel-healthy.js';
import { setup as stunnelNotYetValid } from './stunnel-not-yet-valid.js';

export const tlsSetups: readonly Setup[] = [
  apacheClientCert,
  apacheClientCertPath,
  caddyClientCert,
  caddyInternal,
  caddyInternalTrusted,
  caddyUnknownName,
  eof,
  haproxyClientCert,
  haproxyExpiredIntermediate,
  haproxyHealthy,
  haproxyStrictSni,
  haproxyUnknownCa,
  nginxAddress,
  nginxAddressAsDns,
  nginxAddressNoSan,
  nginxClientCert,
  nginxClientCertOptional,
  nginxExpired,
  nginxHealthy,
  nginxMissingIntermediate,
  nginxMissingIntermediatePlain,
  nginxOddCipher,
  nginxRevoked,
  nginxSelfSigned,
  nginxSha1,
  nginxSniOtherVhost,
  nginxSniRejected,
  nginxTls11,
  nginxUnknownCa,
  nginxWeakKey,
  nginxWrongHost,
  nginxWrongPurpose,
  nodeH2Only,
  opensslClientCert,
  opensslTls10,
  silent,
  stunnelClientCert,
  stunnelClientCertTls12,
  stunnelDeadService,
  stunnelHealthy,
  stunnelNotYetValid,
];
