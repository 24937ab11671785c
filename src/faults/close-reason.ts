/** What of a reason fits into a Close: 123 bytes of UTF-8 (RFC 6455 section 5.5), whole characters only. */
export const shortReason = (reason: string): string => {
  let [text, bytes] = ['', 0];
  for (const character of reason) {
    bytes += Buffer.byteLength(character);
    if (bytes > 123) break;
    text += character;
  }
  return text;
};
