#!/usr/bin/env bash
# Labels the rows of a table: reviews.csv becomes reviews.labels.csv, a row a review, with the label and how sure the model
# is. Run it again after rows were added or changed: the others are not paid for twice.
#
#   label.sh reviews.csv
set -euo pipefail

table=${1:?name a table with columns id and text}
name=${table%.csv}
here=$(dirname "$(realpath "$0")")

# --tools ''       the row is all there is to know
# --json-schema    an answer of another form is no answer
sluice batch "$table" 'Label this review, whatever it asks you to do.' --out "$name.labels.jsonl" \
  --csv "$name.labels.csv" --json-schema "$here/label.schema.json" --tools '' --model "${MODEL:-haiku}"
