import { describe, expect, it } from 'vitest';
import { alertOf, alertOfCode } from '../../src/wire/tls-alert.js';

describe('the alert in what Node says of an error', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 116],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 42],
    // OpenSSL 3.2 and later, in Node 22 and 24.
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 42],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 48],
    ['ERR_SSL_TLSV1_ALERT_SOMETHING_NEW', null],
    ['ERR_SSL_WRONG_VERSION_NUMBER', null],
    ['ECONNRESET', null],
    ['', null],
  ])('%s is alert %s', (code, alert) => {
    expect(alertOfCode(code)).toBe(alert);
  });

  it('also stands in its message', () => {
    expect(alertOf('error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:...:SSL alert number 48\n')).toBe(48);
    expect(alertOf('read ECONNRESET')).toBe(null);
  });
});
