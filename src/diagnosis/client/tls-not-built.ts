import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.tls-not-built',
  of: 'client',
  cause: 'client',
  severity: 'error',
  title: 'The client was built without TLS, or without WebSockets',
  question: 'Does the client say that it knows no TLS, or no scheme ws?',
  remedy: 'Build it with TLS: a feature of the crate in Rust, a newer libcurl for ws in curl.',
  fixes: [
    {
      for: 'tungstenite',
      text: 'Switch a TLS feature on.',
      config: 'tokio-tungstenite = { version = "*", features = ["rustls-tls-native-roots"] }',
    },
  ],
  rfc: 'RFC 6455 3',
});
