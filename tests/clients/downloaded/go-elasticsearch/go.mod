module journey

go 1.21

require github.com/elastic/go-elasticsearch/v7 v7.17.10
