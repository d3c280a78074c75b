// What a program does with a database, through OpenSearch's typed client: main URL INDEX.
// Prints one line of JSON for each step: its behaviour, and what went wrong.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"
	"github.com/opensearch-project/opensearch-go/v4/opensearchapi"
	"github.com/opensearch-project/opensearch-go/v4/opensearchutil"
)

type object = map[string]any

var (
	always   = context.Background()
	refresh  = true
	index    string
	client   *opensearchapi.Client
	statuses = []string{"succeeded", "failed", "succeeded", "failed", "running", "succeeded"}
)

func document(at int) object {
	return object{"id": fmt.Sprint(at + 1), "status": statuses[at], "duration": (at + 1) * 10}
}

func reader(value any) io.Reader {
	return opensearchutil.NewJSONReader(value)
}

func must[T any](answer T, err error) T {
	if err != nil {
		panic(err)
	}
	return answer
}

func equal(found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		panic(fmt.Sprintf("found %v, expected %v", found, expected))
	}
}

// The type of the error that the database answered.
func errorType(err error) string {
	var structured *opensearch.StructError
	if !errors.As(err, &structured) {
		panic(fmt.Sprintf("no error of the database: %v", err))
	}
	return structured.Err.Type
}

func ids(hits []opensearchapi.SearchHit) []string {
	found := []string{}
	for _, hit := range hits {
		found = append(found, hit.ID)
	}
	return found
}

func search(body object) *opensearchapi.SearchResp {
	return must(client.Search(always, &opensearchapi.SearchReq{Indices: []string{index}, Body: reader(body)}))
}

func recognizesTheProduct() {
	info := must(client.Info(always, nil))
	if info.Version.Number == "" || info.ClusterName == "" {
		panic(fmt.Sprintf("%+v", info))
	}
	must(client.Ping(always, nil))
}

func createsAnIndex() {
	keyword := object{"type": "keyword"}
	properties := object{"id": keyword, "status": keyword, "duration": object{"type": "double"}}
	body := reader(object{"mappings": object{"properties": properties}})
	created := must(client.Indices.Create(always, opensearchapi.IndicesCreateReq{Index: index, Body: body}))
	equal(created.Acknowledged, true)
	must(client.Indices.Exists(always, opensearchapi.IndicesExistsReq{Indices: []string{index}}))
	must(client.Indices.Mapping.Get(always, &opensearchapi.MappingGetReq{Indices: []string{index}}))
}

func writesAndReadsDocuments() {
	written := must(client.Index(always, opensearchapi.IndexReq{Index: index, DocumentID: "x", Body: reader(document(0))}))
	equal(written.Result, "created")
	_, err := client.Document.Create(always, opensearchapi.DocumentCreateReq{Index: index, DocumentID: "x", Body: reader(document(0))})
	equal(errorType(err), "version_conflict_engine_exception")
	found := must(client.Document.Get(always, opensearchapi.DocumentGetReq{Index: index, DocumentID: "x"}))
	source := object{}
	if err := json.Unmarshal(found.Source, &source); err != nil {
		panic(err)
	}
	equal(source["status"], "succeeded")
	change := reader(object{"doc": object{"status": "failed"}})
	updated := must(client.Update(always, opensearchapi.UpdateReq{Index: index, DocumentID: "x", Body: change}))
	equal(updated.Result, "updated")
	deleted := must(client.Document.Delete(always, opensearchapi.DocumentDeleteReq{Index: index, DocumentID: "x"}))
	equal(deleted.Result, "deleted")
}

func indexesInBulk() {
	indexer := must(opensearchutil.NewBulkIndexer(opensearchutil.BulkIndexerConfig{Client: client, Index: index, Refresh: "true"}))
	for each := range statuses {
		line, _ := json.Marshal(document(each))
		item := opensearchutil.BulkIndexerItem{Action: "index", DocumentID: fmt.Sprint(each + 1), Body: strings.NewReader(string(line))}
		if err := indexer.Add(always, item); err != nil {
			panic(err)
		}
	}
	if err := indexer.Close(always); err != nil {
		panic(err)
	}
	equal(indexer.Stats().NumFailed, uint64(0))
	equal(must(client.Indices.Count(always, &opensearchapi.IndicesCountReq{Indices: []string{index}})).Count, len(statuses))
}

func searchesAndAggregates() {
	aggregations := object{"status": object{"terms": object{"field": "status"}}}
	found := search(object{"query": object{"range": object{"duration": object{"gte": 20}}}, "aggs": aggregations, "sort": []object{{"duration": "desc"}}})
	equal(ids(found.Hits.Hits), []string{"6", "5", "4", "3", "2"})
	counts := object{}
	if err := json.Unmarshal(found.Aggregations, &counts); err != nil {
		panic(err)
	}
	equal(len(counts["status"].(object)["buckets"].([]any)), 3)
}

func scrolls() {
	params := opensearchapi.SearchParams{Scroll: time.Minute, Size: opensearchapi.ToPointer(4)}
	page := must(client.Search(always, &opensearchapi.SearchReq{Indices: []string{index}, Params: params}))
	next := must(client.Scroll.Get(always, opensearchapi.ScrollGetReq{ScrollID: *page.ScrollID}))
	equal(len(page.Hits.Hits)+len(next.Hits.Hits), len(statuses))
	must(client.Scroll.Delete(always, opensearchapi.ScrollDeleteReq{ScrollIDs: []string{*page.ScrollID}}))
}

func readsAPointInTime() {
	params := opensearchapi.PointInTimeCreateParams{KeepAlive: time.Minute}
	opened := must(client.PointInTime.Create(always, opensearchapi.PointInTimeCreateReq{Indices: []string{index}, Params: params}))
	must(client.Index(always, opensearchapi.IndexReq{Index: index, DocumentID: "later", Body: reader(document(0))}))
	seen := must(client.Search(always, &opensearchapi.SearchReq{Body: reader(object{"pit": object{"id": opened.PitID}})}))
	equal(seen.Hits.Total.Value, len(statuses))
	must(client.PointInTime.Delete(always, opensearchapi.PointInTimeDeleteReq{PitID: []string{opened.PitID}}))
	must(client.Document.Delete(always, opensearchapi.DocumentDeleteReq{Index: index, DocumentID: "later"}))
}

func worksByQuery() {
	script := reader(object{"script": object{"source": "ctx._source.note = 'seen'"}, "query": object{"term": object{"status": "failed"}}})
	updated := must(client.UpdateByQuery(always, opensearchapi.UpdateByQueryReq{
		Indices: []string{index}, Body: script, Params: opensearchapi.UpdateByQueryParams{Refresh: &refresh},
	}))
	equal(updated.Updated, 2)
	all := reader(object{"query": object{"exists": object{"field": "note"}}})
	deleted := must(client.Document.DeleteByQuery(always, opensearchapi.DocumentDeleteByQueryReq{Indices: []string{index}, Body: all}))
	equal(deleted.Deleted, 2)
}

func looksAtTheCluster() {
	equal(must(client.Cluster.Health(always, nil)).NumberOfNodes, 1)
	must(client.Nodes.Info(always, nil))
	rows := must(client.Cat.Indices(always, &opensearchapi.CatIndicesReq{Indices: []string{index}}))
	equal(rows.Indices[0].Index, index)
}

func getsErrors() {
	_, err := client.Search(always, &opensearchapi.SearchReq{Indices: []string{"not-there"}})
	equal(errorType(err), "index_not_found_exception")
	_, err = client.Indices.Create(always, opensearchapi.IndicesCreateReq{Index: index})
	equal(errorType(err), "resource_already_exists_exception")
}

func removesTheIndex() {
	equal(must(client.Indices.Delete(always, opensearchapi.IndicesDeleteReq{Indices: []string{index}})).Acknowledged, true)
}

func run(name string, step func()) {
	var problem any
	func() {
		defer func() {
			if caught := recover(); caught != nil {
				problem = fmt.Sprint(caught)
			}
		}()
		step()
	}()
	line, _ := json.Marshal(object{"problem": problem})
	fmt.Printf("{\"step\":%q,%s\n", name, line[1:])
}

func main() {
	index = os.Args[2]
	client = must(opensearchapi.NewClient(opensearchapi.Config{Client: opensearch.Config{Addresses: []string{os.Args[1]}}}))
	run("recognizes the product", recognizesTheProduct)
	run("creates an index", createsAnIndex)
	run("writes and reads documents", writesAndReadsDocuments)
	run("indexes in bulk", indexesInBulk)
	run("searches and aggregates", searchesAndAggregates)
	run("scrolls", scrolls)
	run("reads a point in time", readsAPointInTime)
	run("works by query", worksByQuery)
	run("looks at the cluster", looksAtTheCluster)
	run("gets errors", getsErrors)
	run("removes the index", removesTheIndex)
}
