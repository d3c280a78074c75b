import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.admin.indices.delete.DeleteIndexRequest;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.search.ClearScrollRequest;
import org.elasticsearch.action.search.MultiSearchRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchScrollRequest;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.action.update.UpdateRequest;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestHighLevelClient;
import org.elasticsearch.client.core.CountRequest;
import org.elasticsearch.client.indices.CreateIndexRequest;
import org.elasticsearch.client.indices.GetIndexRequest;
import org.elasticsearch.client.indices.GetMappingsRequest;
import org.elasticsearch.action.admin.cluster.health.ClusterHealthRequest;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.index.reindex.DeleteByQueryRequest;
import org.elasticsearch.index.reindex.UpdateByQueryRequest;
import org.elasticsearch.script.Script;
import org.elasticsearch.search.aggregations.AggregationBuilders;
import org.elasticsearch.search.aggregations.bucket.terms.Terms;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;

/** The high-level REST client of Elasticsearch 7. */
public final class HighLevelJourney {
  public static void main(String[] args) throws Exception {
    String index = args[1];
    RequestOptions options = RequestOptions.DEFAULT;
    RestHighLevelClient client = new RestHighLevelClient(RestClient.builder(HttpHost.create(args[0])));

    Steps.run("recognizes the product", () -> Steps.equal(client.info(options).getTagline(), "You Know, for Search"));
    Steps.run("creates an index", () -> {
      Map<String, Object> properties = Map.of(
          "id", Map.of("type", "keyword"), "status", Map.of("type", "keyword"),
          "duration", Map.of("type", "double"), "title", Map.of("type", "text"));
      client.indices().create(new CreateIndexRequest(index).mapping(Map.of("properties", properties)), options);
      Steps.equal(client.indices().exists(new GetIndexRequest(index), options), true);
      Steps.equal(client.indices().getMapping(new GetMappingsRequest().indices(index), options).mappings().containsKey(index), true);
    });
    Steps.run("writes and reads documents", () -> {
      client.index(new IndexRequest(index).id("x").source(Steps.document(0)), options);
      Steps.equal(client.get(new GetRequest(index, "x"), options).getSourceAsMap().get("status"), "succeeded");
      Steps.equal(client.exists(new GetRequest(index, "x"), options), true);
      Steps.equal(client.update(new UpdateRequest(index, "x").doc("status", "failed"), options).getVersion(), 2L);
      var some = client.mget(new MultiGetRequest().add(index, "x").add(index, "y"), options);
      Steps.equal(some.getResponses()[1].getResponse().isExists(), false);
      Steps.equal(client.delete(new DeleteRequest(index, "x"), options).status().getStatus(), 200);
    });
    Steps.run("writes in bulk and counts", () -> {
      BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
      for (int at = 0; at < 6; at++) bulk.add(new IndexRequest(index).id(String.valueOf(at + 1)).source(Steps.document(at)));
      Steps.equal(client.bulk(bulk, options).hasFailures(), false);
      Steps.equal(client.count(new CountRequest(index), options).getCount(), 6L);
    });
    Steps.run("searches and aggregates", () -> {
      var source = new SearchSourceBuilder().size(2).sort("duration", SortOrder.DESC)
          .query(QueryBuilders.matchQuery("title", "brightness"))
          .aggregation(AggregationBuilders.terms("status").field("status"));
      var found = client.search(new SearchRequest(index).source(source), options);
      Steps.equal(found.getHits().getAt(0).getId(), "6");
      Terms status = found.getAggregations().get("status");
      Steps.equal(status.getBuckets().get(0).getDocCount(), 3L);
      var many = client.msearch(new MultiSearchRequest().add(new SearchRequest(index)).add(new SearchRequest("not-there")), options);
      Steps.equal(many.getResponses()[1].isFailure(), true);
    });
    Steps.run("scrolls", () -> {
      var page = client.search(new SearchRequest(index).scroll(TimeValue.timeValueMinutes(1))
          .source(new SearchSourceBuilder().size(4)), options);
      var next = client.scroll(new SearchScrollRequest(page.getScrollId()).scroll(TimeValue.timeValueMinutes(1)), options);
      Steps.equal(next.getHits().getHits().length, 2);
      var clear = new ClearScrollRequest();
      clear.addScrollId(page.getScrollId());
      Steps.equal(client.clearScroll(clear, options).isSucceeded(), true);
    });
    Steps.run("works by query", () -> {
      var update = new UpdateByQueryRequest(index).setQuery(QueryBuilders.termQuery("status", "failed"))
          .setScript(new Script("ctx._source.note = 'seen'")).setRefresh(true);
      Steps.equal(client.updateByQuery(update, options).getUpdated(), 2L);
      var delete = new DeleteByQueryRequest(index).setQuery(QueryBuilders.termQuery("status", "running"));
      Steps.equal(client.deleteByQuery(delete, options).getDeleted(), 1L);
    });
    Steps.run("looks at the cluster, and gets errors of the types that it knows", () -> {
      Steps.equal(client.cluster().health(new ClusterHealthRequest(), options).getNumberOfNodes(), 1);
      try {
        client.search(new SearchRequest("not-there"), options);
        throw new AssertionError("an error was expected");
      } catch (ElasticsearchStatusException error) {
        Steps.equal(error.status().getStatus(), 404);
      }
    });
    Steps.run("removes the index", () -> {
      Steps.equal(client.indices().delete(new DeleteIndexRequest(index), options).isAcknowledged(), true);
    });
    client.close();
  }
}
