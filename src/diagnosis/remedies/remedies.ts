import type { Fix } from '../../model/finding.js';
import { apache } from './apache.js';
import { channels } from './channels.js';
import { aws, cloudflare, iis, squid, varnish } from './edges.js';
import { envoy } from './envoy.js';
import { express, wsNode } from './express.js';
import { fastify } from './fastify.js';
import { go } from './go.js';
import { caddy, haproxy } from './haproxy.js';
import { httpProxyMiddleware } from './http-proxy-middleware.js';
import { lighttpd } from './lighttpd.js';
import { ingressNginx, nginx } from './nginx.js';
import { phoenix } from './phoenix.js';
import type { Product, Topic } from './product.js';
import { aiohttp, pythonWebsockets, tornado } from './python.js';
import { rails } from './rails.js';
import { signalr } from './signalr.js';
import { socketIo } from './socket-io.js';
import { spring } from './spring.js';
import { chromium, curl, firefox, goClient, java, nodeClient, pythonClient } from './trust.js';
import { vite, webpack } from './vite.js';

/** What people meet most often comes first; `diagnose` moves the product that answered to the front. */
export const products: readonly Product[] = [
  nginx,
  apache,
  haproxy,
  envoy,
  ingressNginx,
  caddy,
  cloudflare,
  aws,
  iis,
  squid,
  varnish,
  lighttpd,
  express,
  wsNode,
  fastify,
  socketIo,
  vite,
  webpack,
  httpProxyMiddleware,
  channels,
  rails,
  phoenix,
  spring,
  signalr,
  go,
  pythonWebsockets,
  tornado,
  aiohttp,
  nodeClient,
  pythonClient,
  goClient,
  java,
  curl,
  chromium,
  firefox,
];

/** The fixes of all products that know one, for this topic. */
export const remediesFor = (topic: Topic): readonly Fix[] =>
  products.flatMap(({ name, remedies }) => {
    const remedy = remedies[topic];
    return remedy ? [{ for: name, ...remedy }] : [];
  });
