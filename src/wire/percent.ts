/** Whatever may not stand in a request target as it is (RFC 3986 section 3.3), in percents; what is encoded already stays. `text` is latin1. */
export const percentEncoded = (text: string): string =>
  text.replace(/[^\x21-\x7e]|["<>\\^`{|}]|#/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
