import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from './access.js';

/** Takes the same time whatever differs, the lengths too. */
const same = (one: string, other: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text, 'latin1').digest();
  return timingSafeEqual(digest(one), digest(other));
};

/** User name and password as a client said them, latin1. */
export const areCredentials = (wanted: Credentials, said: Credentials): boolean =>
  same(`${wanted.user}:${wanted.password}`, `${said.user}:${said.password}`);

/** The value of a Proxy-Authorization field: `Basic` and user:password in base64 (RFC 7617 section 2). */
export const isBasic = (wanted: Credentials, value: string | undefined): boolean => {
  const match = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(value?.trim() ?? '');
  return same(`${wanted.user}:${wanted.password}`, Buffer.from(match?.[1] ?? '', 'base64').toString('latin1'));
};

/** `user:password` in a URL's spelling, with the @ behind it. */
export const userinfo = ({ user, password }: Credentials): string => `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
