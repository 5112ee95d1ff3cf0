#!/bin/sh
# Makes every secret of docker-compose.yml once: sh deploy/make-secrets.sh [FOLDER]; the default is deploy/secrets.
# Needs openssl. Never writes over anything: move the old folder away first, and keep it, because the vault and the
# log cannot be read without their keys.
set -eu
folder=${1:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/secrets}
if [ -e "$folder" ]; then
  echo "make-secrets: $folder exists already, nothing was changed" >&2
  exit 1
fi
umask 077
mkdir -p "$folder"
cd "$folder"

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out signing.pem 2>/dev/null
openssl genpkey -algorithm ED25519 -out log.pem
openssl rand -base64 32 >vault.key
openssl rand -base64 32 >pseudonym.key
for name in model.key postgres.password keycloak-admin.password; do openssl rand -hex 32 >"$name"; done

# A certificate authority for the names inside the compose networks. Its key is thrown away: a new certificate means
# a new authority.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -subj '/CN=phi-gateway compose' \
  -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign' \
  -keyout ca.key -out ca.pem 2>/dev/null
for host in keycloak fhir vllm; do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$host" \
    -keyout "$host-tls.key" -out "$host.csr" 2>/dev/null
  printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$host" >"$host.ext"
  openssl x509 -req -in "$host.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 \
    -extfile "$host.ext" -out "$host-tls.pem" 2>/dev/null
done
rm -f ca.key ca.srl ./*.csr ./*.ext

# Compose mounts secrets with the owner and mode that they have here; its containers run as 1000.
case $(id -u) in
  1000) ;;
  0) chown -R 1000:1000 . ;;
  *) echo "make-secrets: now give the folder to the containers' user: sudo chown -R 1000:1000 $folder" >&2 ;;
esac
