# Shared by ./setup, ./test and ./quickstart: find a Python, make an environment. Sourced from the project's root.
# A caller may set PYTHON to choose the interpreter.

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Environments with nothing set still have the system's certificates.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
export PIP_DISABLE_PIP_VERSION_CHECK=1
export UV_NO_PROGRESS=1

is_usable_python() {
    "$1" -c 'import sys, venv, ensurepip, sqlite3; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Print the first Python of at least 3.11 that can make environments.
find_python() {
    local name
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if is_usable_python "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "no Python 3.11 or newer with the modules venv, ensurepip and sqlite3 was found among:" \
        "${PYTHON:-python3.13 python3.12 python3.11 python3 python}" \
        "(Debian and Ubuntu: apt install python3-venv; or set PYTHON=/path/to/python)"
}

python_version() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])'; }

# Whether folder $1 is an environment that works, made with Python version $2 (or any) for inputs with checksum $3.
is_ready() {
    [ -x "$1/bin/python" ] && [ -f "$1/.ready" ] && [ "$(cat "$1/.ready")" = "$2 $3" ] && "$1/bin/python" -c '' 2>/dev/null
}

mark_ready() { printf '%s %s\n' "$2" "$3" >"$1/.ready"; }

# One checksum for the contents of all files given; files that do not exist count as absent.
checksum() {
    "$PYTHON_FOUND" - "$@" <<'PY'
import hashlib, pathlib, sys
total = hashlib.sha256()
for name in sys.argv[1:]:
    path = pathlib.Path(name)
    total.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"absent"))
print(total.hexdigest())
PY
}
