import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Opens one WebSocket with java.net.http: URL, PROXY ('' for none), CA (PEM or ''), GREETING, SECONDS. Prints opened, echoed and the error, one a line. */
class JdkClient {
  public static void main(String[] args) {
    boolean opened = false;
    boolean echoed = false;
    String error = "";
    try {
      HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(Long.parseLong(args[4])));
      if (!args[1].isEmpty()) {
        URI proxy = URI.create(args[1]);
        builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())));
      }
      if (!args[2].isEmpty()) builder.sslContext(trusting(args[2]));
      CompletableFuture<String> heard = new CompletableFuture<>();
      WebSocket.Listener listener = new WebSocket.Listener() {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
          heard.complete(data.toString());
          return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
          heard.completeExceptionally(failure);
        }
      };
      WebSocket socket = builder.build().newWebSocketBuilder().buildAsync(URI.create(args[0]), listener).get();
      opened = true;
      socket.sendText(args[3], true).get();
      echoed = heard.get(Long.parseLong(args[4]), TimeUnit.SECONDS).equals(args[3]);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
    } catch (Exception failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      error = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
    System.out.println(opened + "\n" + echoed + "\n" + error);
    System.exit(0);
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem.getBytes())));
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
