// What a program does with a database, through the official client: main URL INDEX.
// Prints one line of JSON for each step: its behaviour, and what went wrong.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v7"
	"github.com/elastic/go-elasticsearch/v7/esapi"
	"github.com/elastic/go-elasticsearch/v7/esutil"
)

type object = map[string]any

var (
	index    string
	client   *elasticsearch.Client
	statuses = []string{"succeeded", "failed", "succeeded", "failed", "running", "succeeded"}
)

func document(at int) object {
	return object{
		"id": fmt.Sprint(at + 1), "status": statuses[at], "duration": (at + 1) * 10,
		"title": fmt.Sprintf("Brightness temperatures of scan %d", at+1), "start-time": fmt.Sprintf("2026-01-0%dT08:00:00Z", at+1),
	}
}

func reader(value any) io.Reader {
	return esutil.NewJSONReader(value)
}

// Gives the body of an answer that has to have the status.
func body(status int, response *esapi.Response, err error) object {
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode != status {
		panic(fmt.Sprintf("status %d, expected %d: %s", response.StatusCode, status, text))
	}
	parsed := object{}
	if len(bytes.TrimSpace(text)) > 0 {
		if err := json.Unmarshal(text, &parsed); err != nil {
			panic(err)
		}
	}
	return parsed
}

func ok(response *esapi.Response, err error) object {
	return body(http.StatusOK, response, err)
}

// The value at a path of names and positions.
func at(value any, path ...any) any {
	for _, step := range path {
		switch key := step.(type) {
		case string:
			value = value.(object)[key]
		case int:
			value = value.([]any)[key]
		}
	}
	return value
}

func equal(found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		panic(fmt.Sprintf("found %v, expected %v", found, expected))
	}
}

func ids(answer object) []string {
	found := []string{}
	for _, hit := range at(answer, "hits", "hits").([]any) {
		found = append(found, hit.(object)["_id"].(string))
	}
	return found
}

func search(query object) object {
	return ok(client.Search(client.Search.WithIndex(index), client.Search.WithBody(reader(query))))
}

func recognizesTheProduct() {
	equal(at(ok(client.Info()), "tagline"), "You Know, for Search")
	response, err := client.Ping()
	body(http.StatusOK, response, err)
}

func createsAnIndex() {
	keyword := object{"type": "keyword"}
	properties := object{"id": keyword, "status": keyword, "title": object{"type": "text"}, "duration": object{"type": "double"}, "start-time": object{"type": "date"}}
	created := ok(client.Indices.Create(index, client.Indices.Create.WithBody(reader(object{"mappings": object{"properties": properties}}))))
	equal(created["acknowledged"], true)
	ok(client.Indices.Exists([]string{index}))
	mapping := ok(client.Indices.GetMapping(client.Indices.GetMapping.WithIndex(index)))
	equal(at(mapping, index, "mappings", "properties", "status", "type"), "keyword")
}

func putsTemplates() {
	composable := object{"index_patterns": []string{index + "-templated-*"}}
	ok(client.Indices.PutIndexTemplate(index, reader(composable)))
	ok(client.Indices.GetIndexTemplate(client.Indices.GetIndexTemplate.WithName(index)))
	ok(client.Indices.DeleteIndexTemplate(index))
}

func writesAndReadsDocuments() {
	response, err := client.Index(index, reader(document(0)), client.Index.WithDocumentID("x"), client.Index.WithRefresh("true"))
	equal(body(http.StatusCreated, response, err)["result"], "created")
	response, err = client.Create(index, "x", reader(document(0)))
	equal(at(body(http.StatusConflict, response, err), "error", "type"), "version_conflict_engine_exception")
	equal(at(ok(client.Get(index, "x")), "_source", "status"), "succeeded")
	ok(client.Exists(index, "x"))
	equal(ok(client.Update(index, "x", reader(object{"doc": object{"status": "failed"}})))["result"], "updated")
	many := ok(client.Mget(reader(object{"ids": []string{"x", "y"}}), client.Mget.WithIndex(index)))
	equal(at(many, "docs", 1, "found"), false)
	equal(ok(client.Delete(index, "x"))["result"], "deleted")
	response, err = client.Get(index, "x")
	equal(body(http.StatusNotFound, response, err)["found"], false)
}

func indexesInBulk() {
	indexer, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{Client: client, Index: index, Refresh: "true"})
	if err != nil {
		panic(err)
	}
	for each := range statuses {
		line, _ := json.Marshal(document(each))
		item := esutil.BulkIndexerItem{Action: "index", DocumentID: fmt.Sprint(each + 1), Body: bytes.NewReader(line)}
		if err := indexer.Add(context.Background(), item); err != nil {
			panic(err)
		}
	}
	if err := indexer.Close(context.Background()); err != nil {
		panic(err)
	}
	equal(indexer.Stats().NumFailed, uint64(0))
	equal(ok(client.Count(client.Count.WithIndex(index)))["count"], float64(len(statuses)))
}

func searchesAndAggregates() {
	query := object{"match": object{"title": "brightness"}}
	aggregations := object{"status": object{"terms": object{"field": "status"}}}
	found := search(object{"query": query, "aggs": aggregations, "sort": []object{{"duration": object{"order": "desc"}}}})
	equal(ids(found), []string{"6", "5", "4", "3", "2", "1"})
	equal(at(found, "aggregations", "status", "buckets", 0, "doc_count"), float64(3))
	next := search(object{"size": 2, "sort": []string{"id"}, "search_after": []string{"3"}})
	equal(ids(next), []string{"4", "5"})
}

func scrolls() {
	options := client.Search
	page := ok(client.Search(options.WithIndex(index), options.WithScroll(time.Minute), options.WithSize(4)))
	seen := ids(page)
	for len(ids(page)) > 0 {
		page = ok(client.Scroll(client.Scroll.WithScrollID(page["_scroll_id"].(string)), client.Scroll.WithScroll(time.Minute)))
		seen = append(seen, ids(page)...)
	}
	equal(len(seen), len(statuses))
	ok(client.ClearScroll(client.ClearScroll.WithScrollID(page["_scroll_id"].(string))))
}

func searchesManyAtOnce() {
	lines := fmt.Sprintf("{\"index\":%q}\n{\"size\":1}\n{\"index\":\"not-there\"}\n{}\n", index)
	answer := ok(client.Msearch(strings.NewReader(lines)))
	equal(at(answer, "responses", 0, "status"), float64(200))
	equal(at(answer, "responses", 1, "status"), float64(404))
}

func worksByQuery() {
	script := object{"script": object{"source": "ctx._source.note = 'seen'"}, "query": object{"term": object{"status": "failed"}}}
	options := client.UpdateByQuery
	updated := ok(client.UpdateByQuery([]string{index}, options.WithBody(reader(script)), options.WithRefresh(true)))
	equal(updated["updated"], float64(2))
	copied := ok(client.Reindex(reader(object{"source": object{"index": index}, "dest": object{"index": index + "-copy"}})))
	equal(copied["created"], float64(len(statuses)))
	deleted := ok(client.DeleteByQuery([]string{index + "-copy"}, reader(object{"query": object{"match_all": object{}}})))
	equal(deleted["deleted"], float64(len(statuses)))
	ok(client.Indices.Delete([]string{index + "-copy"}))
}

func looksAtTheCluster() {
	equal(ok(client.Cluster.Health())["number_of_nodes"], float64(1))
	ok(client.Cluster.Stats())
	ok(client.Nodes.Info())
	response, err := client.Cat.Indices(client.Cat.Indices.WithIndex(index), client.Cat.Indices.WithV(true))
	if err != nil {
		panic(err)
	}
	table, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if !strings.Contains(string(table), index) {
		panic(string(table))
	}
}

func getsErrors() {
	response, err := client.Search(client.Search.WithIndex("not-there"))
	equal(at(body(http.StatusNotFound, response, err), "error", "type"), "index_not_found_exception")
	response, err = client.Indices.Create(index)
	equal(at(body(http.StatusBadRequest, response, err), "error", "type"), "resource_already_exists_exception")
}

func removesTheIndex() {
	equal(ok(client.Indices.Delete([]string{index}))["acknowledged"], true)
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
	var err error
	client, err = elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{os.Args[1]}, CompressRequestBody: true})
	if err != nil {
		panic(err)
	}
	run("recognizes the product", recognizesTheProduct)
	run("creates an index", createsAnIndex)
	run("puts templates", putsTemplates)
	run("writes and reads documents", writesAndReadsDocuments)
	run("indexes in bulk", indexesInBulk)
	run("searches and aggregates", searchesAndAggregates)
	run("scrolls", scrolls)
	run("searches many at once", searchesManyAtOnce)
	run("works by query", worksByQuery)
	run("looks at the cluster", looksAtTheCluster)
	run("gets errors", getsErrors)
	run("removes the index", removesTheIndex)
}
