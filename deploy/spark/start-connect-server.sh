#!/usr/bin/env bash
# Starts a Spark Connect server on the cluster that spark-submit knows, and stays in the foreground until it ends. What it is given goes to
# spark-submit:
#   start-connect-server.sh --master yarn --conf spark.executor.memory=8g
#
#   SPARK_HOME           where Spark is; unless given, where spark-submit of the PATH is from, else /usr/lib/spark, /opt/spark
#   CONNECT_ADDRESS      where it listens: 127.0.0.1
#   CONNECT_PORT         15002
#   CONNECT_TOKEN_FILE   file with the token that clients must show; Spark 4 and newer
#   CONNECT_OPEN=yes     listen beyond this machine without a token
#   CONNECT_S3A=yes      fetch the S3A connector that fits Spark's Hadoop from Maven Central, where Spark has none
set -euo pipefail
shopt -s nullglob

refuse() {
  printf 'start-connect-server: %s\n' "$1" >&2
  exit 2
}

# Prints the folder that has jars/ and bin/.
find_home() {
  local home submit python
  if [[ -n ${SPARK_HOME:-} ]]; then
    printf '%s\n' "$SPARK_HOME"
    return
  fi
  if submit=$(command -v spark-submit); then
    home=$(dirname "$(dirname "$(readlink -f "$submit")")")
    if [[ -d $home/jars ]]; then
      printf '%s\n' "$home"
      return
    fi
    # PySpark of pip has its programs beside the interpreter, and Spark in its package
    python=$(dirname "$submit")/python3
    if [[ -x $python ]] && home=$("$python" -c 'import importlib.util as u; print(*u.find_spec("pyspark").submodule_search_locations)'); then
      printf '%s\n' "$home"
      return
    fi
  fi
  for home in /usr/lib/spark /opt/spark; do
    if [[ -d $home/jars ]]; then
      printf '%s\n' "$home"
      return
    fi
  done
}

# Prints the version of the jar whose name begins so, without what vendors add to it.
version_of() {
  local jars=("$home/jars/$1"-[0-9]*.jar)
  [[ ${jars[0]:-} =~ -([0-9]+\.[0-9]+\.[0-9]+)[^/]*\.jar$ ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

has_jar() {
  local jars=("$home/jars/$1"[-_][0-9]*.jar)
  ((${#jars[@]} > 0))
}

home=$(find_home)
[[ -n $home && -x $home/bin/spark-submit ]] || refuse "no Spark in «$home»: set SPARK_HOME to the folder that has bin/spark-submit"
cores=("$home"/jars/spark-core_*.jar)
[[ ${cores[0]:-} =~ spark-core_([0-9.]+)- ]] || refuse "no spark-core in $home/jars: is SPARK_HOME right?"
scala=${BASH_REMATCH[1]}
version=$(version_of "spark-core_$scala") || refuse "${cores[0]} names no version"
[[ $version =~ ^(3\.5|[4-9]|[1-9][0-9])\. ]] || refuse "Spark $version is too old: its Connect server can't be attached to again; it takes 3.5 or newer"

address=${CONNECT_ADDRESS:-127.0.0.1}
port=${CONNECT_PORT:-15002}
if [[ -n ${CONNECT_TOKEN_FILE:-} ]]; then
  [[ $version != 3.* ]] || refuse "Spark $version knows no token: leave CONNECT_TOKEN_FILE out, and let the proxy ask for it"
  token=$(<"$CONNECT_TOKEN_FILE")
  [[ -n $token ]] || refuse "$CONNECT_TOKEN_FILE is empty"
  export SPARK_CONNECT_AUTHENTICATE_TOKEN=$token # as an argument everybody on this machine could read it
elif [[ ${CONNECT_OPEN:-} != yes ]]; then
  # whoever reaches the port has the cluster run what they like
  [[ $version != 3.* ]] || refuse "Spark $version listens on every address of this machine and asks for no token: close port $port to others, then set CONNECT_OPEN=yes"
  [[ $address =~ ^(127\.|localhost$|::1$) ]] || refuse "$address can be reached without a token: set CONNECT_TOKEN_FILE (or CONNECT_OPEN=yes)"
fi

packages=()
has_jar spark-connect || packages+=("org.apache.spark:spark-connect_$scala:$version")
if [[ ${CONNECT_S3A:-} == yes ]] && ! has_jar hadoop-aws; then
  hadoop=$(version_of hadoop-client-api) || refuse "no hadoop-client-api in $home/jars: add the S3A connector by --packages"
  packages+=("org.apache.hadoop:hadoop-aws:$hadoop")
fi

# spark-submit takes one list of packages
arguments=()
while (($# > 0)); do
  case $1 in
    --packages) packages+=("${2:?--packages needs a list}") && shift ;;
    --packages=*) packages+=("${1#*=}") ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
if ((${#packages[@]} > 0)); then
  list=$(IFS=, && printf '%s' "${packages[*]}")
  arguments+=(--packages "$list")
fi
[[ $version == 3.* ]] || arguments+=(--conf "spark.connect.grpc.binding.address=$address")

printf 'start-connect-server: Spark %s of %s, port %s\n' "$version" "$home" "$port" >&2
export SPARK_HOME=$home
exec "$home/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer --name spark-connect \
  ${arguments[@]+"${arguments[@]}"} --conf "spark.connect.grpc.binding.port=$port" --conf spark.connect.execute.reattachable.enabled=true \
  spark-internal
