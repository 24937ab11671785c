import type { Product } from './product.js';

const application = `application = ProtocolTypeRouter({
    "http": django_asgi_app,
    "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})`;

export const channels: Product = {
  name: 'Django Channels',
  remedies: {
    handler: {
      text: 'Route the path under "websocket" and serve the ASGI application with daphne, uvicorn[standard] or hypercorn, not a WSGI server.',
      config: application,
    },
    origin: {
      text: "ALLOWED_HOSTS has to hold the host of the page's Origin, or name the origins. A request without an Origin is refused.",
      config: 'OriginValidator(app, ["https://app.example", ".example"])',
    },
    host: { text: 'Name the Host that reaches Django.', config: 'ALLOWED_HOSTS = ["app.example"]' },
  },
};
