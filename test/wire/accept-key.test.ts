import { expect, it } from 'vitest';
import { acceptFor } from '../../src/wire/accept-key.js';

it('answers the key of RFC 6455 section 1.3 as the RFC does', () => {
  expect(acceptFor('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

it('answers a key that is no base64, byte for byte as it stood in the head', () => {
  expect(acceptFor('')).toBe('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=');
  expect(acceptFor('\xe9')).toBe('NW1VkrVkDX2M9PUCO/ltgU+7eWA=');
});
