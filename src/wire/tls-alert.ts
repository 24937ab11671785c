/** TLS alerts by number, RFC 8446 section 6. */
export const alertNames: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** The number of the alert that an OpenSSL error text tells of (`... SSL alert number 48`), or null. */
export const alertOf = (message: string): number | null => {
  const number = /SSL alert number (\d+)/.exec(message)?.[1];
  return number === undefined ? null : Number(number);
};

/** And by name. */
export const alertNumbers: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(alertNames).map(([number, name]) => [name, Number(number)]),
);

/** The number of the alert that an OpenSSL error code of Node names (`ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`), or null. */
export const alertOfCode = (code: string): number | null => {
  const name = /^ERR_SSL_.*ALERT_([A-Z_]+)$/.exec(code)?.[1]?.toLowerCase();
  return name === undefined ? null : (alertNumbers[name] ?? null);
};
