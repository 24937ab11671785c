import { createSecureContext } from 'node:tls';
import { expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import type { ServerTlsChange, ServerTlsPlan } from '../../../src/faults/changes.js';
import { findFault } from '../../../src/faults/find.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { drawOf, target } from '../sample.js';

const secure: ServerTlsPlan = { secure: true, sni: 'chat.example', alpn: ['http/1.1'] };
const plain: ServerTlsPlan = { secure: false, sni: null, alpn: [] };
const securing = (plan: ServerTlsPlan, id: string, params: ParamValues = {}) =>
  applyFaults('server-tls', plan, { draws: [drawOf(findFault(id), params)], target }).output;

it.each<[string, ParamValues, ServerTlsChange | undefined, ServerTlsChange | undefined]>([
  ['wrong-sni', {}, { sni: null }, undefined],
  ['wrong-sni', { name: 'chat.example' }, undefined, undefined],
  ['tls-to-plain', {}, undefined, { secure: true }],
  ['plain-to-tls', {}, { secure: false }, undefined],
  ['offer-old-tls', {}, { min: '1.1', max: '1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, undefined],
  ['offer-old-tls', { version: '1.2' }, { min: '1.2', max: '1.2' }, undefined],
  ['offer-one-cipher', {}, { ciphers: 'AES128-SHA', min: '1.2', max: '1.2' }, undefined],
  ['offer-one-cipher', { suite: 'TLS_AES_128_CCM_SHA256' }, { ciphers: 'TLS_AES_128_CCM_SHA256', min: '1.3' }, undefined],
  ['other-alpn', {}, { alpn: ['h2'] }, undefined],
  ['other-alpn', { offer: 'none' }, { alpn: [] }, undefined],
  ['other-alpn', { offer: 'http/1.1' }, undefined, undefined],
  ['wrong-client-certificate', {}, { clientCertificate: 'other' }, undefined],
  ['no-client-certificate', {}, undefined, undefined],
])('%s with %j', (id, params, onTls, onPlain) => {
  expect(securing(secure, id, params)).toEqual(onTls);
  expect(securing(plain, id, params)).toEqual(onPlain);
});

it('no-client-certificate works where there is one to be shown', () => {
  expect(securing({ ...secure, certificate: true }, 'no-client-certificate')).toEqual({ clientCertificate: 'none' });
});

it.each(findFault('offer-one-cipher').params.suite?.choices ?? [])('OpenSSL knows the suite %s', (suite) => {
  const { ciphers, min, max } = securing(secure, 'offer-one-cipher', { suite }) ?? {};
  const version = (name: string | undefined) => (name === undefined ? {} : ({ '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const)[name]);
  const bounds = { ...(min && { minVersion: version(min) as 'TLSv1.2' }), ...(max && { maxVersion: version(max) as 'TLSv1.2' }) };
  expect(() => createSecureContext({ ...bounds, ...(ciphers && { ciphers }) })).not.toThrow();
});
