import { once } from 'node:events';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import type { Event, EventType } from '../../../src/model/event.js';
import type { Held, HoldSpec } from '../../../src/model/hold.js';
import type { House } from '../../proxy/support/house.js';

/** A client through the house's proxy, that keeps what it hears. */
export interface Client {
  readonly socket: WebSocket;
  /** Resolves with the next messages, as text, those that came meanwhile first. */
  next(count?: number): Promise<readonly string[]>;
  /** Resolves with code and reason. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
}

export const clientOf = (house: House, url: string, options: { readonly deflate?: boolean } = {}): Client => {
  const agent = new HttpsProxyAgent(house.engine.info.proxy ?? '');
  const socket = new WebSocket(url, { agent, perMessageDeflate: options.deflate ? { threshold: 0 } : false });
  const heard: string[] = [];
  let look = (): void => {};
  socket.on('message', (data) => {
    heard.push(data.toString());
    look();
  });
  socket.on('error', () => {});
  return {
    socket,
    next: (count = 1) =>
      new Promise((resolve) => {
        look = () => heard.length >= count && resolve(heard.splice(0, count));
        look();
      }),
    closed: new Promise((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)]))),
  };
};

export const openClient = async (house: House, url: string, options: { readonly deflate?: boolean } = {}): Promise<Client> => {
  const client = clientOf(house, url, options);
  await once(client.socket, 'open');
  return client;
};

/** Holds what fits, once; resolves with it when it is held. */
export const catchOne = async (house: House, spec: HoldSpec, act: () => void): Promise<Held> => {
  const before = house.events.filter(({ type }) => type === 'held').length;
  await house.engine.control.hold({ times: 1, ...spec });
  act();
  await house.event(() => house.events.filter(({ type }) => type === 'held').length > before);
  const held = (await house.engine.control.holds()).held.at(-1);
  if (!held) throw new Error('nothing is held');
  return held;
};

export const eventsOf = <T extends EventType>(house: House, type: T): Extract<Event, { type: T }>[] =>
  house.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
