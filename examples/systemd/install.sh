#!/bin/sh
# Installs and starts the gateway as a service of this machine.
#
#   install.sh FILE     FILE: holds the key of the API
set -eu
key=${1:?which file holds the key of the API?}
cd "$(dirname "$0")"
program=$(command -v sluice)

install -d -m 0755 /srv/app
install -d -m 0700 /etc/sluice
install -m 0600 "$key" /etc/sluice/anthropic-key
sed "s|/usr/local/bin/sluice|$program|" sluice.service > /etc/systemd/system/sluice.service
# The token is printed here, and nowhere else; the file has its digest.
sluice token --subject "${SUDO_USER:-root}" --scopes query --lifetime 90d --tokens-file /etc/sluice/tokens

systemctl daemon-reload
systemctl enable --now sluice.service
