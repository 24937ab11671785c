import { X509Certificate } from 'node:crypto';
import type { Authority } from '../authority/authority.js';
import { createOwnHost, type OwnHost } from '../proxy/own-host.js';
import type { OwnFiles } from '../proxy/own-pages.js';
import { type Listening, proxyUrl } from './lan.js';
import { landingHtml, landingPolicy } from './landing/page.js';
import { version } from './version.js';

/** shakedown's own page and host for this engine. `door` is asked when the page is, which is after the port is known. */
export const ownHostOf = (authority: Authority, door: () => Listening): OwnHost => {
  const { caPem, caPath, fingerprint, leafSpkiPin } = authority;
  const { raw: caDer, validTo } = new X509Certificate(caPem);
  const day = new Date(validTo).toISOString().slice(0, 10);
  const files = (): OwnFiles => ({
    html: landingHtml({ proxy: proxyUrl(door()), caPath, leafSpkiPin, fingerprint, validTo: day, version }),
    policy: landingPolicy,
    caPem,
    caDer,
    version,
  });
  const straightOrigins = (): readonly string[] => {
    const { host, port } = door();
    const hosts = new Set([host, '127.0.0.1', 'localhost', '::1']);
    return [...hosts].map((name) => proxyUrl({ host: name, port })).flatMap((url) => [url, url.replace(/^http/, 'https')]);
  };
  return createOwnHost({ authority, files, straightOrigins });
};
