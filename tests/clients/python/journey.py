"""What a program does with a database, through the client whose package is on the path: journey.py URL INDEX PACKAGE.

Prints one line of JSON for each step: its behaviour, and what went wrong.
"""

import importlib
import json
import sys
import traceback

url, index, package = sys.argv[1:]
library = importlib.import_module(package)
helpers = importlib.import_module(f"{package}.helpers")
MAJOR = library.__version__[0] if package == "elasticsearch" else 0
OPENSEARCH = package == "opensearchpy"
# Version 8 and 9 take the parts of a body as arguments of their own.
SPREAD = MAJOR in (8, 9)
client = (library.OpenSearch if OPENSEARCH else library.Elasticsearch)([url])

STATUSES = ["succeeded", "failed", "succeeded", "failed", "running", "succeeded"]
DOCUMENTS = [
    {
        "id": str(at + 1),
        "status": status,
        "labels": ["re-1" if at % 2 == 0 else "re-2", "all"],
        "title": f"Brightness temperatures of scan {at + 1}",
        "duration": (at + 1) * 10,
        "start-time": f"2026-01-0{at + 1}T08:00:00Z",
        **({"finished": f"2026-02-0{at + 1}T08:00:00.5Z"} if status == "succeeded" else {}),
    }
    for at, status in enumerate(STATUSES)
]
KEYWORD = {"type": "keyword"}
MAPPINGS = {
    "properties": {
        "id": KEYWORD,
        "status": KEYWORD,
        "labels": KEYWORD,
        "title": {"type": "text"},
        "duration": {"type": "double"},
        "start-time": {"type": "date"},
        "finished": {"type": "date"},
    }
}
FAILED = {"term": {"status": "failed"}}


def call(method, body=None, **parameters):
    """Calls a method with a body in the way of the client's version."""
    if body is None:
        return method(**parameters)
    return method(**parameters, **body) if SPREAD else method(**parameters, body=body)


def document(method, source, **parameters):
    return method(**parameters, **{"document" if SPREAD else "body": source})


def failure(method, *args, **parameters):
    """The status and the type of the error that a call ends with."""
    try:
        method(*args, **parameters)
    except library.exceptions.TransportError as error:
        return error.status_code, error.error
    except Exception as error:
        if type(error).__mro__[1].__name__ not in ("ApiError",) and not hasattr(error, "status_code"):
            raise
        return error.status_code, error.error
    raise AssertionError("an error was expected")


def ids(answer):
    return [hit["_id"] for hit in answer["hits"]["hits"]]


def equal(found, expected):
    assert found == expected, f"found {found!r}, expected {expected!r}"


def recognizes_the_product():
    assert client.ping()
    info = client.info()
    equal(info["tagline"], "You Know, for Search")
    assert info["version"]["number"].startswith("7.17.")


def makes_reads_and_removes_templates_of_three_kinds():
    template = {"settings": {"number_of_shards": 1}, "mappings": {"properties": {"status": KEYWORD}}}
    component = f"{index}-component"
    call(client.cluster.put_component_template, {"template": template}, name=component)
    composed = {"index_patterns": [f"{index}-templated-*"], "composed_of": [component], "priority": 7}
    call(client.indices.put_index_template, composed, name=f"{index}-composable")
    call(client.indices.put_template, {"index_patterns": [f"{index}-old-*"], **template}, name=f"{index}-legacy")
    assert client.indices.exists_template(name=f"{index}-legacy")
    assert client.indices.exists_index_template(name=f"{index}-composable")
    found = client.indices.get_index_template(name=f"{index}-composable")
    equal(found["index_templates"][0]["index_template"]["composed_of"], [component])
    for kind in ("templated", "old"):
        name = f"{index}-{kind}-1"
        document(client.index, {"status": "running"}, index=name)
        mapping = client.indices.get_mapping(index=name)
        equal(mapping[name]["mappings"]["properties"]["status"]["type"], "keyword")
        client.indices.delete(index=name)
    client.indices.delete_template(name=f"{index}-legacy")
    client.indices.delete_index_template(name=f"{index}-composable")
    client.cluster.delete_component_template(name=component)
    assert not client.indices.exists_template(name=f"{index}-legacy")


def creates_an_index_with_mappings_and_changes_them():
    body = {"mappings": MAPPINGS, "settings": {"number_of_shards": 1}}
    equal(call(client.indices.create, body, index=index)["index"], index)
    assert client.indices.exists(index=index)
    call(client.indices.put_mapping, {"properties": {"note": {"type": "text"}}}, index=index)
    properties = client.indices.get_mapping(index=index)[index]["mappings"]["properties"]
    equal(properties, {**MAPPINGS["properties"], "note": {"type": "text"}})
    equal(client.indices.get(index=index)[index]["settings"]["index"]["number_of_shards"], "1")
    equal(failure(client.indices.create, index=index), (400, "resource_already_exists_exception"))


def writes_reads_and_removes_documents():
    first = DOCUMENTS[0]
    made = document(client.index, first, index=index, id="x")
    equal((made["_index"], made["_id"], made["result"], made["_version"]), (index, "x", "created", 1))
    assert client.exists(index=index, id="x")
    equal(client.get(index=index, id="x")["_source"], first)
    equal(dict(client.get_source(index=index, id="x")), first)
    document(client.create, first, index=index, id="y")
    conflict = failure(document, client.create, first, index=index, id="y")
    equal(conflict, (409, "version_conflict_engine_exception"))
    some = call(client.mget, {"ids": ["x", "y", "none"]}, index=index)
    equal([each["found"] for each in some["docs"]], [True, True, False])
    equal(call(client.update, {"doc": {"status": "failed"}}, index=index, id="y")["result"], "updated")
    unnamed = document(client.index, first, index=index, refresh=True)["_id"]
    for each in ("x", "y", unnamed):
        equal(client.delete(index=index, id=each)["result"], "deleted")
    equal(failure(client.get, index=index, id="x")[0], 404)


def writes_with_the_bulk_helpers():
    actions = [{"_index": index, "_id": each["id"], "_source": each} for each in DOCUMENTS]
    equal(helpers.bulk(client, actions, refresh=True), (len(DOCUMENTS), []))
    conflicting = [{"_op_type": "create", "_index": index, "_id": "1", "_source": DOCUMENTS[0]}]
    written, errors = helpers.bulk(client, conflicting, raise_on_error=False)
    equal((written, errors[0]["create"]["error"]["type"]), (0, "version_conflict_engine_exception"))
    equal(sum(ok for ok, _ in helpers.parallel_bulk(client, actions, thread_count=2, chunk_size=2)), len(DOCUMENTS))


def counts_and_searches():
    equal(client.count(index=index)["count"], len(DOCUMENTS))
    equal(client.count(index=index, q="status:failed")["count"], 2)
    body = {
        "query": {"bool": {"must": [{"match": {"title": "brightness"}}], "filter": {"term": {"labels": "re-1"}}}},
        "sort": [{"duration": "desc"}, {"id": "asc"}],
    }
    found = call(client.search, body, index=index)
    equal(dict(found["hits"]["total"]), {"value": 3, "relation": "eq"})
    equal(ids(found), ["5", "3", "1"])


def aggregates_with_and_without_typed_keys():
    aggregations = {
        "status": {"terms": {"field": "status"}, "aggs": {"longest": {"max": {"field": "duration"}}}},
        "days": {"date_histogram": {"field": "start-time", "calendar_interval": "day"}},
    }
    body = {"size": 0, "aggs": aggregations}
    buckets = call(client.search, body, index=index)["aggregations"]["status"]["buckets"]
    found = [(each["key"], each["doc_count"], each["longest"]["value"]) for each in buckets]
    equal(found, [("succeeded", 3, 60), ("failed", 2, 40), ("running", 1, 50)])
    typed = call(client.search, body, index=index, typed_keys=True)["aggregations"]
    equal(sorted(typed), ["date_histogram#days", "sterms#status"])


def pages_with_search_after():
    seen, after = [], None
    while True:
        body = {"size": 2, "sort": [{"finished": "asc"}, {"id": "asc"}], **({"search_after": after} if after else {})}
        hits = call(client.search, body, index=index)["hits"]["hits"]
        if not hits:
            break
        seen += [hit["_id"] for hit in hits]
        after = hits[-1]["sort"]
    equal(seen[-3:], ["2", "4", "5"])
    equal(sorted(seen), [each["id"] for each in DOCUMENTS])


def scrolls():
    page = client.search(index=index, scroll="1m", size=4)
    seen = ids(page)
    while page["hits"]["hits"]:
        page = call(client.scroll, {"scroll_id": page["_scroll_id"], "scroll": "1m"})
        seen += ids(page)
    equal(sorted(seen), [each["id"] for each in DOCUMENTS])
    assert call(client.clear_scroll, {"scroll_id": page["_scroll_id"]})["succeeded"]
    scanned = helpers.scan(client, index=index, query={"query": FAILED}, size=1)
    equal(sorted(hit["_id"] for hit in scanned), ["2", "4"])


def searches_in_a_point_in_time():
    if OPENSEARCH:
        pit = client.create_pit(index=index, params={"keep_alive": "1m"})["pit_id"]
    else:
        pit = client.open_point_in_time(index=index, keep_alive="1m")["id"]
    page = call(client.search, {"size": 3, "pit": {"id": pit, "keep_alive": "1m"}, "sort": ["id"]})
    equal(ids(page), ["1", "2", "3"])
    if OPENSEARCH:
        assert client.delete_pit(body={"pit_id": [pit]})["pits"][0]["successful"]
    else:
        assert call(client.close_point_in_time, {"id": pit})["succeeded"]
    equal(failure(call, client.search, {"pit": {"id": pit}})[0], 404)


def sends_many_searches_at_once():
    searches = [{"index": index}, {"size": 1}, {"index": "not-there"}, {}]
    answer = client.msearch(searches=searches) if SPREAD else client.msearch(body=searches)
    equal([each["status"] for each in answer["responses"]], [200, 404])


def describes_fields_explains_and_validates():
    caps = client.field_caps(index=index, fields=["stat*"])
    assert caps["fields"]["status"]["keyword"]["searchable"]
    assert call(client.explain, {"query": FAILED}, index=index, id="2")["matched"]
    assert call(client.indices.validate_query, {"query": FAILED}, index=index)["valid"]


def analyzes_text():
    tokens = call(client.indices.analyze, {"field": "title", "text": "Scans of ATMS"}, index=index)["tokens"]
    equal([each["token"] for each in tokens], ["scans", "of", "atms"])


def updates_copies_and_deletes_by_query():
    script = {"source": "ctx._source.note = 'seen'", "lang": "painless"}
    updated = call(client.update_by_query, {"script": script, "query": FAILED}, index=index, refresh=True)
    equal((updated["updated"], updated["failures"]), (2, []))
    body = {"source": {"index": index}, "dest": {"index": f"{index}-copy"}}
    task = call(client.reindex, body, wait_for_completion=False)["task"]
    state = client.tasks.get(task_id=task)
    while not state["completed"]:
        state = client.tasks.get(task_id=task)
    equal(state["response"]["created"], len(DOCUMENTS))
    query = {"query": {"range": {"duration": {"gte": 40}}}}
    equal(call(client.delete_by_query, query, index=f"{index}-copy", refresh=True)["deleted"], 3)
    equal(helpers.reindex(client, index, f"{index}-second")[0], len(DOCUMENTS))
    for copy in ("copy", "second"):
        client.indices.delete(index=f"{index}-{copy}")


def gives_an_index_other_names():
    name = f"{index}-alias"
    client.indices.put_alias(index=index, name=name)
    assert client.indices.exists_alias(name=name)
    equal(dict(client.indices.get_alias(index=index)), {index: {"aliases": {name: {}}}})
    equal(client.count(index=name)["count"], len(DOCUMENTS))
    add = {"add": {"index": index, "alias": f"{name}-2"}}
    call(client.indices.update_aliases, {"actions": [{"remove": {"index": index, "alias": name}}, add]})
    client.indices.delete_alias(index=index, name=f"{name}-2")
    assert not client.indices.exists_alias(name=f"{name}-2")


def changes_settings_closes_and_opens_an_index():
    changed = {"index": {"refresh_interval": "5s"}}
    client.indices.put_settings(index=index, **{"settings" if SPREAD else "body": changed})
    equal(client.indices.get_settings(index=index)[index]["settings"]["index"]["refresh_interval"], "5s")
    client.indices.close(index=index)
    equal(failure(client.search, index=index), (400, "index_closed_exception"))
    client.indices.open(index=index)
    for upkeep in ("refresh", "flush", "forcemerge", "clear_cache"):
        equal(getattr(client.indices, upkeep)(index=index)["_shards"]["failed"], 0)
    equal(client.indices.stats(index=index)["indices"][index]["primaries"]["docs"]["count"], len(DOCUMENTS))


def looks_at_the_cluster():
    equal(client.cluster.health(wait_for_status="yellow")["number_of_nodes"], 1)
    equal(client.cluster.stats()["nodes"]["count"]["total"], 1)
    assert "persistent" in client.cluster.get_settings()
    equal(client.cluster.pending_tasks()["tasks"], [])
    equal(list(client.cluster.state(metric="metadata", index=index)["metadata"]["indices"]), [index])
    assert list(client.nodes.info()["nodes"].values())[0]["http"]["publish_address"]
    assert list(client.nodes.stats()["nodes"].values())[0]["jvm"]["mem"]["heap_used_percent"] > 0
    assert "nodes" in client.tasks.list()


def reads_tables():
    rows = client.cat.indices(index=index, format="json", bytes="b")
    equal([(row["index"], row["docs.count"]) for row in rows], [(index, str(len(DOCUMENTS)))])
    for table in ("aliases", "allocation", "count", "health", "nodes", "shards", "templates"):
        assert not isinstance(getattr(client.cat, table)(format="json"), str), table
    assert "green" in str(client.cat.health())


def gets_errors_of_the_types_that_it_knows():
    equal(failure(client.search, index="not-there"), (404, "index_not_found_exception"))
    nonsense = failure(call, client.search, {"query": {"nonsense": {}}}, index=index)
    equal(nonsense, (400, "parsing_exception"))
    wrong = failure(document, client.index, {"duration": "long"}, index=index)
    equal(wrong, (400, "mapper_parsing_exception"))
    missing = failure(call, client.update, {"doc": {}}, index=index, id="none")
    equal(missing, (404, "document_missing_exception"))


def finds_the_node_by_sniffing():
    sniffing = {"sniff_on_start": True}
    found = (library.OpenSearch if OPENSEARCH else library.Elasticsearch)([url], **sniffing)
    equal(found.count(index=index)["count"], len(DOCUMENTS))


def removes_what_it_made():
    assert client.indices.delete(index=index)["acknowledged"]
    assert not client.indices.exists(index=index)


for step in (
    recognizes_the_product,
    makes_reads_and_removes_templates_of_three_kinds,
    creates_an_index_with_mappings_and_changes_them,
    writes_reads_and_removes_documents,
    writes_with_the_bulk_helpers,
    counts_and_searches,
    aggregates_with_and_without_typed_keys,
    pages_with_search_after,
    scrolls,
    searches_in_a_point_in_time,
    sends_many_searches_at_once,
    describes_fields_explains_and_validates,
    analyzes_text,
    updates_copies_and_deletes_by_query,
    gives_an_index_other_names,
    changes_settings_closes_and_opens_an_index,
    looks_at_the_cluster,
    reads_tables,
    gets_errors_of_the_types_that_it_knows,
    finds_the_node_by_sniffing,
    removes_what_it_made,
):
    problem = None
    try:
        step()
    except Exception:
        problem = traceback.format_exc()
    print(json.dumps({"step": step.__name__.replace("_", " "), "problem": problem}), flush=True)
