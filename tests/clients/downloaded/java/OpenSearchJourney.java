import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.Refresh;
import org.opensearch.client.opensearch._types.SortOrder;
import org.opensearch.client.opensearch._types.Time;
import org.opensearch.client.opensearch._types.aggregations.CalendarInterval;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch.core.search.Pit;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;

/** The typed client of OpenSearch, whose answers have required members. */
public final class OpenSearchJourney {
  public static void main(String[] args) throws Exception {
    String index = args[1];
    var transport = ApacheHttpClient5TransportBuilder.builder(HttpHost.create(args[0])).setMapper(new JacksonJsonpMapper()).build();
    OpenSearchClient client = new OpenSearchClient(transport);

    // Its own product names a distribution, which Elasticsearch does not.
    Steps.run("reaches the server", () -> Steps.equal(client.ping().value(), true));
    Steps.run("creates an index and a template", () -> {
      client.indices().create(c -> c.index(index).mappings(m -> m
          .properties("status", p -> p.keyword(k -> k))
          .properties("title", p -> p.text(t -> t))
          .properties("start-time", p -> p.date(d -> d))
          .properties("duration", p -> p.double_(d -> d))));
      Steps.equal(client.indices().exists(e -> e.index(index)).value(), true);
      Steps.equal(client.indices().getMapping(g -> g.index(index)).get(index).mappings().properties().get("status").isKeyword(), true);
      client.indices().putIndexTemplate(t -> t.name(index).indexPatterns(index + "-t-*").priority(3));
      Steps.equal(client.indices().getIndexTemplate(t -> t.name(index)).indexTemplates().size(), 1);
      client.indices().deleteIndexTemplate(t -> t.name(index));
      client.indices().getSettings(g -> g.index(index)).get(index).settings();
    });
    Steps.run("writes and reads documents", () -> {
      Map<String, Object> document = Steps.document(0);
      Steps.equal(client.index(i -> i.index(index).id("x").document(document)).result().jsonValue(), "created");
      Steps.equal(client.get(g -> g.index(index).id("x"), Map.class).source().get("status"), "succeeded");
      Steps.equal(client.update(u -> u.index(index).id("x").doc(Map.of("status", "failed")), Map.class).result().jsonValue(), "updated");
      Steps.equal(client.mget(m -> m.index(index).ids("x", "y"), Map.class).docs().get(1).result().found(), false);
      Steps.equal(client.exists(e -> e.index(index).id("x")).value(), true);
      Steps.equal(client.delete(d -> d.index(index).id("x")).result().jsonValue(), "deleted");
      Steps.equal(client.get(g -> g.index(index).id("x"), Map.class).found(), false);
    });
    Steps.run("writes in bulk and counts", () -> {
      BulkRequest.Builder bulk = new BulkRequest.Builder().refresh(Refresh.True);
      for (int at = 0; at < 6; at++) {
        Map<String, Object> document = Steps.document(at);
        bulk.operations(o -> o.index(i -> i.index(index).id((String) document.get("id")).document(document)));
      }
      Steps.equal(client.bulk(bulk.build()).errors(), false);
      Steps.equal(client.count(c -> c.index(index)).count(), 6L);
    });
    Steps.run("searches and aggregates", () -> {
      var found = client.search(s -> s.index(index).size(2)
          .query(q -> q.match(m -> m.field("title").query(FieldValue.of("brightness"))))
          .sort(o -> o.field(f -> f.field("duration").order(SortOrder.Desc)))
          .aggregations("status", a -> a.terms(t -> t.field("status"))
              .aggregations("mean", b -> b.avg(v -> v.field("duration"))))
          .aggregations("days", a -> a.dateHistogram(h -> h.field("start-time").calendarInterval(CalendarInterval.Day))), Map.class);
      Steps.equal(found.hits().hits().get(0).id(), "6");
      Steps.equal(found.hits().total().value(), 6L);
      var first = found.aggregations().get("status").sterms().buckets().array().get(0);
      Steps.equal(first.docCount(), 3L);
      Steps.equal(first.aggregations().get("mean").avg().value(), 100.0 / 3);
      Steps.equal(found.aggregations().get("days").dateHistogram().buckets().array().size(), 6);
      var next = client.search(s -> s.index(index).size(2).searchAfter(found.hits().hits().get(1).sort())
          .sort(o -> o.field(f -> f.field("duration").order(SortOrder.Desc))), Map.class);
      Steps.equal(next.hits().hits().get(0).id(), "4");
    });
    Steps.run("scrolls, and searches in a point in time", () -> {
      var page = client.search(s -> s.index(index).size(4).scroll(Time.of(t -> t.time("1m"))), Map.class);
      String id = page.scrollId();
      Steps.equal(client.scroll(s -> s.scrollId(id), Map.class).hits().hits().size(), 2);
      Steps.equal(client.clearScroll(c -> c.scrollId(id)).succeeded(), true);
      String pit = client.createPit(o -> o.targetIndexes(List.of(index)).keepAlive(Time.of(t -> t.time("1m")))).pitId();
      Steps.equal(client.search(s -> s.pit(new Pit.Builder().id(pit).build()).size(1), Map.class).hits().hits().size(), 1);
      Steps.equal(client.deletePit(c -> c.pitId(List.of(pit))).pits().get(0).successful(), true);
      var many = client.msearch(m -> m.searches(s -> s.header(h -> h.index(index)).body(b -> b.size(1))), Map.class);
      Steps.equal(many.responses().get(0).isResult(), true);
    });
    Steps.run("works by query", () -> {
      Steps.equal(client.updateByQuery(u -> u.index(index).refresh(true)
          .query(q -> q.term(t -> t.field("status").value(FieldValue.of("failed"))))
          .script(s -> s.inline(i -> i.source("ctx._source.note = 'seen'")))).updated(), 2L);
      Steps.equal(client.reindex(r -> r.source(s -> s.index(index)).dest(d -> d.index(index + "-copy"))).created(), 6L);
      Steps.equal(client.deleteByQuery(d -> d.index(index + "-copy").query(q -> q.matchAll(m -> m))).deleted(), 6L);
      client.indices().delete(d -> d.index(index + "-copy"));
    });
    Steps.run("describes fields, explains, validates and analyzes", () -> {
      Steps.equal(client.fieldCaps(f -> f.index(index).fields("stat*")).fields().get("status").containsKey("keyword"), true);
      Steps.equal(client.explain(e -> e.index(index).id("2").query(q -> q.matchAll(m -> m)), Map.class).matched(), true);
      Steps.equal(client.indices().validateQuery(v -> v.index(index).query(q -> q.matchAll(m -> m))).valid(), true);
      Steps.equal(client.indices().analyze(a -> a.index(index).field("title").text("Scans of ATMS")).tokens().size(), 3);
    });
    Steps.run("gives aliases, and looks at the cluster", () -> {
      client.indices().putAlias(a -> a.index(index).name(index + "-alias"));
      Steps.equal(client.indices().getAlias(a -> a.name(index + "-alias")).get(index).aliases().size(), 1);
      client.indices().deleteAlias(a -> a.index(index).name(index + "-alias"));
      Steps.equal(client.cluster().health().numberOfNodes(), 1);
      Steps.equal(client.cluster().stats().nodes().count().total(), 1);
      Steps.equal(client.nodes().info().nodes().size(), 1);
      Steps.equal(client.nodes().stats().nodes().size(), 1);
      client.tasks().list();
      client.cluster().getSettings();
      client.indices().stats(s -> s.index(index)).indices().get(index);
      Steps.equal(client.cat().indices(c -> c.index(index)).valueBody().get(0).docsCount(), "6");
      client.cat().health();
      client.cat().nodes();
      client.cat().shards();
      client.cat().aliases();
    });
    Steps.run("gets errors of the types that it knows", () -> {
      try {
        client.search(s -> s.index("not-there"), Map.class);
        throw new AssertionError("an error was expected");
      } catch (OpenSearchException error) {
        Steps.equal(error.status() + " " + error.error().type(), "404 index_not_found_exception");
      }
    });
    Steps.run("removes the index", () -> Steps.equal(client.indices().delete(d -> d.index(index)).acknowledged(), true));
    transport.close();
  }
}
