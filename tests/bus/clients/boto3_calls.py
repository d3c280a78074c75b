"""Reads calls from the standard input, a JSON line each, and answers them in lines of the same id."""

import base64
import concurrent.futures
import datetime
import json
import os
import sys
import threading

import boto3
import botocore.config
import botocore.exceptions

config = botocore.config.Config(retries={"max_attempts": 0}, max_pool_connections=32, read_timeout=60)
printing = threading.Lock()
endpoint = os.environ.get("AWS_ENDPOINT_URL")
clients = {name: boto3.client(name, endpoint_url=endpoint, config=config) for name in ("sqs", "sns")}


def decode(value):
    if isinstance(value, dict):
        if set(value) == {"$base64"}:
            return base64.b64decode(value["$base64"])
        return {key: decode(item) for key, item in value.items()}
    return [decode(item) for item in value] if isinstance(value, list) else value


def encode(value):
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(type(value))


def answer(line):
    request = json.loads(line)
    try:
        result = clients[request["service"]]._make_api_call(request["action"], decode(request["input"]))
        result.pop("ResponseMetadata")
        reply = {"id": request["id"], "result": result}
    except botocore.exceptions.ClientError as error:
        reply = {"id": request["id"], "code": error.response["Error"]["Code"], "message": str(error)}
    except Exception as error:
        reply = {"id": request["id"], "code": type(error).__name__, "message": str(error)}
    line = json.dumps(reply, default=encode) + "\n"
    with printing:
        sys.stdout.write(line)
        sys.stdout.flush()


with concurrent.futures.ThreadPoolExecutor(32) as pool:
    for each in sys.stdin:
        pool.submit(answer, each)
