import type { Product } from './product.js';

export const go: Product = {
  name: 'Go',
  remedies: {
    origin: {
      text: 'gorilla compares Origin with Host unless CheckOrigin says otherwise; coder/websocket takes patterns.',
      config: `upgrader := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "https://app.example" }}
// coder/websocket: websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"*.example"}})`,
      ran: 'gorilla/websocket 1.5',
    },
    handler: { text: 'Middleware that wraps the ResponseWriter has to pass http.Hijacker on.' },
    subprotocol: { text: 'Name the subprotocols that the server speaks.', config: 'websocket.Upgrader{Subprotocols: []string{"chat"}}' },
  },
};
