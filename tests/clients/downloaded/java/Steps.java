import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;

/** Runs the steps of a journey and prints one line of JSON for each. */
final class Steps {
  interface Step {
    void run() throws Exception;
  }

  private static final String[] STATUSES = {"succeeded", "failed", "succeeded", "failed", "running", "succeeded"};

  static void run(String name, Step step) {
    String problem = "null";
    try {
      step.run();
    } catch (Exception | AssertionError thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      problem = quote(trace.toString());
    }
    System.out.println("{\"step\":" + quote(name) + ",\"problem\":" + problem + "}");
  }

  static void equal(Object found, Object expected) {
    if (!Objects.equals(found, expected)) throw new AssertionError("found " + found + ", expected " + expected);
  }

  static Map<String, Object> document(int at) {
    return Map.of(
        "id", String.valueOf(at + 1), "status", STATUSES[at], "duration", (at + 1) * 10,
        "title", "Brightness temperatures of scan " + (at + 1), "start-time", "2026-01-0" + (at + 1) + "T08:00:00Z");
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char each : text.toCharArray()) {
      if (each == '"' || each == '\\') quoted.append('\\').append(each);
      else if (each < ' ') quoted.append(String.format("\\u%04x", (int) each));
      else quoted.append(each);
    }
    return quoted.append('"').toString();
  }
}
