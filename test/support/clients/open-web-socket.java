import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Opens one WebSocket, or several in turn (URLs with spaces between them, proxy host, proxy port, milliseconds, greeting, path of a CA or ""), and prints what happened, one fact a line, each one's with --- behind it. */
public class OpenWebSocket {
  public static void main(String[] args) throws Exception {
    long timeout = Long.parseLong(args[3]);
    SSLContext context = args[5].isEmpty() ? null : trusting(Path.of(args[5]));
    for (String url : args[0].split(" ")) System.out.println(attempt(url, args, timeout, context) + "---");
    System.exit(0);
  }

  private static String attempt(String url, String[] args, long timeout, SSLContext context) {
    StringBuilder said = new StringBuilder();
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(timeout));
    if (!args[1].isEmpty()) builder.proxy(ProxySelector.of(new InetSocketAddress(args[1], Integer.parseInt(args[2]))));
    if (context != null) builder.sslContext(context);
    CompletableFuture<String> echo = new CompletableFuture<>();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    try {
      WebSocket socket =
          builder.build().newWebSocketBuilder().buildAsync(URI.create(url), new Listener(echo, closed)).get(timeout, TimeUnit.MILLISECONDS);
      said.append("opened\n");
      socket.sendText(args[4], true);
      if (echo.get(timeout, TimeUnit.MILLISECONDS).equals(args[4])) said.append("echoed\n");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      said.append("closed " + closed.get(timeout, TimeUnit.MILLISECONDS) + "\n");
    } catch (Exception error) {
      Throwable root = error;
      while (root.getCause() != null) root = root.getCause();
      said.append("error " + root + "\n");
    }
    return said.toString();
  }

  private static SSLContext trusting(Path ca) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    var factory = CertificateFactory.getInstance("X.509");
    store.setCertificateEntry("ca", factory.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(ca))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private record Listener(CompletableFuture<String> echo, CompletableFuture<Integer> closed) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      echo.complete(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      echo.completeExceptionally(error);
    }
  }
}
