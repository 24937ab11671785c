import type { Product } from './product.js';

export const signalr: Product = {
  name: 'SignalR',
  remedies: {
    origin: {
      text: 'Allow the origin for the negotiation, before MapHub, and for the WebSocket itself.',
      config: `app.UseCors(p => p.WithOrigins("https://app.example").AllowAnyHeader().AllowAnyMethod().AllowCredentials());
app.UseWebSockets(new WebSocketOptions { AllowedOrigins = { "https://app.example" } });`,
    },
    cors: {
      text: 'Allow the origin of the page in front of MapHub; with cookies no star will do.',
      config: 'app.UseCors(p => p.WithOrigins("https://app.example").AllowAnyHeader().AllowAnyMethod().AllowCredentials());',
    },
    sticky: {
      text: 'Several servers need sticky sessions, or WebSockets without negotiation.',
      config: '{ skipNegotiation: true, transport: HttpTransportType.WebSockets }',
    },
  },
};
