// Made from docs/openapi.json by «npm run generate»; changes by hand are lost.

export interface paths {
    "/v1/predict/cluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The segment of one track, and why */
        post: operations["predictCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/predict/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The segments of many tracks
         * @description An item that breaks a rule gets a problem of its own; the others are answered all the same. As application/json, at most 100000 items. As application/x-ndjson, any number: one track a line, one line of answer for each in the same order, while the rest is still being sent; so read the answers while you send. A stream that stands still for 30 s is cut off.
         */
        post: operations["predictClusters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A list of tracks from a segment, a track or wanted features
         * @description Tracks of the catalogue that the model in production was trained on. Where too few come into question the list is shorter, and «shortfall» says why.
         */
        post: operations["createPlaylist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a listener likes, and tracks to suggest
         * @description From the ids or the features of up to 10,000 tracks: the share of each segment, centre and spread, the nearest segments, and songs that are not among those tracks. Nothing of it is kept.
         */
        post: operations["describeListener"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The segments of the model in production
         * @description A cursor is of one model version: after a promotion, begin again without one (page_not_found says so).
         */
        get: operations["listClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clusters/{cluster_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One segment */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segments/{segment_id}/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a segment a name of your own
         * @description It follows the permanent id from version to version, until it is taken back.
         */
        put: operations["pinSegmentName"];
        post?: never;
        /** Take a segment’s own name back */
        delete: operations["unpinSegmentName"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/composition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Genres and popularity inside each segment, segments inside each genre and year */
        get: operations["getComposition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A map of all tracks: what its points mean
         * @description Principal components of the standardised features. Distances on it are not those that segments are made by, which have all features.
         */
        get: operations["getMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The points of the map, as bytes
         * @description x of every track, then y of every track: unsigned 16-bit numbers, little-endian, from one edge to the other.
         */
        get: operations["getMapPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tracks by words of their name and artist
         * @description Whole names come first, then beginnings, then beginnings of words; of those alike the most popular first. Words of one or two letters (a to z) are looked for at beginnings only.
         */
        get: operations["searchTracks"];
        put?: never;
        /**
         * Tracks of the map, by their rows
         * @description Rows that there are not are left out. Rows belong to a version: compare model_version.
         */
        post: operations["getTracks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of the model */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version: the model itself, its metrics and its history */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}/promotion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a version into production */
        post: operations["promoteModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring back the version that was in production before */
        post: operations["rollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every retrain with its figures and verdict, and what was in production when */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{run}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the gate decided on a run, rule by rule */
        get: operations["getDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was asked against what the model was trained on
         * @description Counts every track that was put into a segment by any process of this service, over restarts. Says what differs, whether that is more than chance and large enough to matter, and what could not have been seen.
         */
        get: operations["getDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every run of the pipeline */
        get: operations["listRuns"];
        put?: never;
        /**
         * Begin a run of the pipeline, beside the service
         * @description On the catalogue that the service was started with, never another one. It is promoted or refused like any run.
         */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run of the pipeline */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/log-level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is logged */
        get: operations["getLogLevel"];
        /**
         * Log more or less, without a restart
         * @description Every process that serves the home follows within seconds.
         */
        put: operations["setLogLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which key a page, or a program, uses */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign a page in by the key that is sent
         * @description The cookie stands for the key from then on, until it is revoked, expires or 12 hours are over.
         */
        post: operations["signIn"];
        /** Sign a page out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether predictions can be served */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the service */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a problem code means
         * @description The «type» of every problem leads here.
         */
        get: operations["getProblemKind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /**
             * Format: uri-reference
             * @description Path of this service that explains the code
             */
            type: string;
            title: string;
            status: number;
            /** @description This occurrence, in a sentence for people */
            detail: string;
            /** @description Stable: match this, not the texts. Go by the status where you do not know the code */
            code: "malformed_request" | "unauthorized" | "scope_missing" | "cross_site_request" | "route_not_found" | "cluster_not_found" | "model_not_found" | "track_not_found" | "decision_not_found" | "run_not_found" | "version_refused" | "nothing_earlier" | "run_in_progress" | "no_source" | "page_not_found" | "problem_not_found" | "method_not_allowed" | "request_timeout" | "body_too_large" | "not_json" | "invalid_request" | "too_many_requests" | "headers_too_large" | "internal_error" | "no_model" | "overloaded" | "not_ready" | "catalogue_loading" | "no_catalogue" | (string & {});
            /** @description Each broken rule; the first 100 of them */
            errors?: {
                /** @description Name of the field or query parameter; «body» for the whole body */
                field: string;
                /** @description Where it is: «#/tempo» is a JSON pointer into the body as a URI fragment (RFC 6901), «?limit» a query parameter */
                pointer: string;
                /** @description The broken keyword of the schema: minimum, required, type, … */
                rule: string;
                /** @description What the rule allows */
                limit: number | string;
                /** @description What was sent, when short */
                value?: number | string | boolean | null;
                message: string;
            }[];
            /** @description What the service lacks (not_ready) */
            missing?: string[];
            /**
             * Format: uri-reference
             * @description Path of the request
             */
            instance: string;
            /** @description As in the X-Request-Id header */
            request_id: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Id of the request in the log: yours, if you sent one of at most 64 letters, digits and . _ -, not beginning as a key does */
        "X-Request-Id": string;
        /** @description Version of the model in production when the request arrived; absent while there is none */
        "X-Model-Version": string;
        /**
         * @description Where the key has a rate limit: requests at once (q), and the seconds in which they come back (w)
         * @example "key";q=200;w=1
         */
        "RateLimit-Policy": string;
        /**
         * @description Where the key has a rate limit: requests left now (r), and the seconds until all are (t)
         * @example "key";r=199;t=1
         */
        RateLimit: string;
        /**
         * @description Names this very answer: send it as If-None-Match next time
         * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
         */
        ETag: string;
        /**
         * @description Seconds to wait
         * @example 2
         */
        "Retry-After": number;
        /**
         * @description Where the key belongs
         * @example ApiKey realm="segue", header="X-API-Key"
         */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    predictCluster: {
        parameters: {
            query?: {
                /** @description full: the segment and why; lean: cluster_id only, which is faster */
                detail?: "full" | "lean";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Likelihood that the track has no vocals
                     * @example 0.0004
                     */
                    instrumentalness: number;
                    /**
                     * @description Share of spoken words in the track
                     * @example 0.052
                     */
                    speechiness: number;
                    /**
                     * @description How suitable the track is for dancing, 0 to 1
                     * @example 0.64
                     */
                    danceability: number;
                    /**
                     * @description How positive the track sounds, 0 (sad) to 1 (cheerful)
                     * @example 0.47
                     */
                    valence: number;
                    /**
                     * @description Estimated beats per minute (BPM)
                     * @example 121.5
                     */
                    tempo: number;
                };
            };
        };
        responses: {
            /** @description The segment, how clear a case it is, and what speaks for it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Index of the segment in this model version; 0 is the largest */
                        cluster_id: number;
                        /** @description Version of the model that answered */
                        model_version: string;
                        segment: {
                            /** @description Permanent id of the segment: the same in every model version that still has it */
                            segment_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                        };
                        /** @description Euclidean distance to the centre of the segment, in standard deviations */
                        distance: number;
                        /** @description True when the track is farther from the segment than 99.9 % of the segment’s training tracks; cluster_id is the nearest all the same */
                        unassigned: boolean;
                        /** @description The second nearest segment; null if the model has only one */
                        runner_up: {
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            /** @description Euclidean distance to the centre of the segment, in standard deviations */
                            distance: number;
                        } | null;
                        /** @description 1 - distance / runner_up.distance: 0 on the border of two segments, 1 in the centre of one */
                        margin: number;
                        /** @description What each feature adds to the lead over the runner-up. Added up in this order, as 64-bit floats, they are exactly runner_up.distance - distance; null if there is no runner-up */
                        contributions: {
                            feature: string;
                            /** @description In standard deviations; positive speaks for the segment, negative for the runner-up */
                            contribution: number;
                        }[] | null;
                        /** @description Features outside of what the training tracks hold; mostly none */
                        out_of_catalogue: {
                            feature: string;
                            /** @description The least or the largest value of the training tracks */
                            limit: number;
                            /**
                             * @description Where the value lies
                             * @enum {unknown}
                             */
                            side: "below" | "above";
                        }[];
                    } | {
                        /** @description Index of the segment in this model version; 0 is the largest */
                        cluster_id: number;
                        /** @description Version of the model that answered */
                        model_version: string;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    predictClusters: {
        parameters: {
            query?: {
                /** @description full: the segment and why; lean: cluster_id only, which is faster */
                detail?: "full" | "lean";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 33554432 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    items: ({
                        /**
                         * @description Likelihood that the track has no vocals
                         * @example 0.0004
                         */
                        instrumentalness: number;
                        /**
                         * @description Share of spoken words in the track
                         * @example 0.052
                         */
                        speechiness: number;
                        /**
                         * @description How suitable the track is for dancing, 0 to 1
                         * @example 0.64
                         */
                        danceability: number;
                        /**
                         * @description How positive the track sounds, 0 (sad) to 1 (cheerful)
                         * @example 0.47
                         */
                        valence: number;
                        /**
                         * @description Estimated beats per minute (BPM)
                         * @example 121.5
                         */
                        tempo: number;
                    } | unknown)[];
                };
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description One result per item */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Version of the model that answered */
                        model_version: string;
                        /** @description Result i belongs to item i */
                        results: ({
                            prediction: {
                                /** @description Index of the segment in this model version; 0 is the largest */
                                cluster_id: number;
                                segment: {
                                    /** @description Permanent id of the segment: the same in every model version that still has it */
                                    segment_id: string;
                                    name: {
                                        en: string;
                                        es: string;
                                    };
                                };
                                /** @description Euclidean distance to the centre of the segment, in standard deviations */
                                distance: number;
                                /** @description True when the track is farther from the segment than 99.9 % of the segment’s training tracks; cluster_id is the nearest all the same */
                                unassigned: boolean;
                                /** @description The second nearest segment; null if the model has only one */
                                runner_up: {
                                    /** @description Index of the segment in this model version; 0 is the largest */
                                    cluster_id: number;
                                    segment: {
                                        /** @description Permanent id of the segment: the same in every model version that still has it */
                                        segment_id: string;
                                        name: {
                                            en: string;
                                            es: string;
                                        };
                                    };
                                    /** @description Euclidean distance to the centre of the segment, in standard deviations */
                                    distance: number;
                                } | null;
                                /** @description 1 - distance / runner_up.distance: 0 on the border of two segments, 1 in the centre of one */
                                margin: number;
                                /** @description What each feature adds to the lead over the runner-up. Added up in this order, as 64-bit floats, they are exactly runner_up.distance - distance; null if there is no runner-up */
                                contributions: {
                                    feature: string;
                                    /** @description In standard deviations; positive speaks for the segment, negative for the runner-up */
                                    contribution: number;
                                }[] | null;
                                /** @description Features outside of what the training tracks hold; mostly none */
                                out_of_catalogue: {
                                    feature: string;
                                    /** @description The least or the largest value of the training tracks */
                                    limit: number;
                                    /**
                                     * @description Where the value lies
                                     * @enum {unknown}
                                     */
                                    side: "below" | "above";
                                }[];
                            } | {
                                /** @description Index of the segment in this model version; 0 is the largest */
                                cluster_id: number;
                            };
                        } | {
                            problem: {
                                /**
                                 * Format: uri-reference
                                 * @description Path of this service that explains the code
                                 */
                                type: string;
                                title: string;
                                status: number;
                                /** @description This occurrence, in a sentence for people */
                                detail: string;
                                /** @description Stable: match this, not the texts. Go by the status where you do not know the code */
                                code: "malformed_request" | "unauthorized" | "scope_missing" | "cross_site_request" | "route_not_found" | "cluster_not_found" | "model_not_found" | "track_not_found" | "decision_not_found" | "run_not_found" | "version_refused" | "nothing_earlier" | "run_in_progress" | "no_source" | "page_not_found" | "problem_not_found" | "method_not_allowed" | "request_timeout" | "body_too_large" | "not_json" | "invalid_request" | "too_many_requests" | "headers_too_large" | "internal_error" | "no_model" | "overloaded" | "not_ready" | "catalogue_loading" | "no_catalogue" | (string & {});
                                /** @description Each broken rule; the first 100 of them */
                                errors?: {
                                    /** @description Name of the field or query parameter; «body» for the whole body */
                                    field: string;
                                    /** @description Where it is: «#/tempo» is a JSON pointer into the body as a URI fragment (RFC 6901), «?limit» a query parameter */
                                    pointer: string;
                                    /** @description The broken keyword of the schema: minimum, required, type, … */
                                    rule: string;
                                    /** @description What the rule allows */
                                    limit: number | string;
                                    /** @description What was sent, when short */
                                    value?: number | string | boolean | null;
                                    message: string;
                                }[];
                            };
                        })[];
                        /** @description Items that were put into a segment */
                        predicted: number;
                        /** @description Items that break a rule */
                        refused: number;
                    };
                    "application/x-ndjson": string;
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPlaylist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4194304 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Tracks of this segment, near its centre: a cluster_id, or a permanent segment_id */
                    segment?: number | string;
                    /** @description Tracks like this one, which itself does not come */
                    seed_track?: string;
                    /** @description Features that matter, with the values wanted; those left out do not count. */
                    target?: {
                        /**
                         * @description Likelihood that the track has no vocals
                         * @example 0.0004
                         */
                        instrumentalness?: number;
                        /**
                         * @description Share of spoken words in the track
                         * @example 0.052
                         */
                        speechiness?: number;
                        /**
                         * @description How suitable the track is for dancing, 0 to 1
                         * @example 0.64
                         */
                        danceability?: number;
                        /**
                         * @description How positive the track sounds, 0 (sad) to 1 (cheerful)
                         * @example 0.47
                         */
                        valence?: number;
                        /**
                         * @description Estimated beats per minute (BPM)
                         * @example 121.5
                         */
                        tempo?: number;
                    };
                    /**
                     * @description Tracks wanted
                     * @default 25
                     */
                    length?: number;
                    /**
                     * @description 0: the nearest tracks; 1: drawn from about 16 times as many
                     * @default 0.3
                     */
                    variety?: number;
                    /** @description Less popular tracks, and those of unknown popularity, do not come */
                    min_popularity?: number;
                    /** @description Only tracks of these genres, whatever their case */
                    genres?: string[];
                    /** @description Tracks that must not come, nor the same song under another id; unknown ids are ignored */
                    exclude?: string[];
                    /**
                     * @description Draws another list; the same request to the same model version gives the same bytes
                     * @default 0
                     */
                    seed?: number;
                } & (unknown | unknown | unknown);
            };
        };
        responses: {
            /** @description The list, in playing order */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Version of the model that answered */
                        model_version: string;
                        /** @description In playing order: tempo changes little, and no artist comes twice in a row */
                        tracks: {
                            track_id: string;
                            artist_name: string | null;
                            track_name: string | null;
                            genre: string | null;
                            popularity: number | null;
                            features: {
                                instrumentalness: number;
                                speechiness: number;
                                danceability: number;
                                valence: number;
                                tempo: number;
                            };
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            /** @description To what the list starts from, over the features that count, in standard deviations */
                            distance: number;
                        }[];
                        /** @description Mean of the distances; null for an empty list */
                        mean_distance: number | null;
                        /** @description Largest and summed change of tempo from a track to the next, in BPM; null where the catalogue has no tempo */
                        tempo_steps: {
                            largest: number;
                            total: number;
                        } | null;
                        /** @description Why the list is shorter than asked for; null when it is not */
                        shortfall: {
                            missing: number;
                            /**
                             * @description No more tracks pass the filters; or too many of them are by the same artists to be kept apart
                             * @enum {unknown}
                             */
                            reason: "too_few_tracks" | "too_few_artists";
                        } | null;
                        /** @description What was chosen from */
                        catalogue: {
                            /** @description Tracks that are held */
                            tracks: number;
                            /** @description Tracks of the whole catalogue, where those held are a sample of it; else null */
                            sampled_from: number | null;
                        };
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such segment; or: No such track */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describeListener: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4194304 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the listener knows; an id that comes twice counts twice */
                    track_ids?: string[];
                    /** @description The same by features, for tracks that the catalogue may not have */
                    tracks?: {
                        /**
                         * @description Likelihood that the track has no vocals
                         * @example 0.0004
                         */
                        instrumentalness: number;
                        /**
                         * @description Share of spoken words in the track
                         * @example 0.052
                         */
                        speechiness: number;
                        /**
                         * @description How suitable the track is for dancing, 0 to 1
                         * @example 0.64
                         */
                        danceability: number;
                        /**
                         * @description How positive the track sounds, 0 (sad) to 1 (cheerful)
                         * @example 0.47
                         */
                        valence: number;
                        /**
                         * @description Estimated beats per minute (BPM)
                         * @example 121.5
                         */
                        tempo: number;
                    }[];
                    /**
                     * @description Tracks to suggest beyond the known ones
                     * @default 10
                     */
                    suggestions?: number;
                } & (unknown | unknown);
            };
        };
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Version of the model that answered */
                        model_version: string;
                        tracks: {
                            given: number;
                            known: number;
                            unknown: number;
                        };
                        /** @description Ids that the catalogue does not have, each once; the first 100 of them */
                        unknown_track_ids: string[];
                        /** @description Every segment, by cluster_id */
                        segments: {
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            tracks: number;
                            /** @description Of the known tracks */
                            share: number;
                        }[];
                        /** @description Mean and standard deviation of the known tracks; null where none is known */
                        centre: {
                            feature: string;
                            mean: number;
                            sd: number;
                        }[] | null;
                        /** @description Every segment, the nearest first; none where no track is known */
                        nearest_segments: {
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            /** @description From centre to centre, in standard deviations */
                            distance: number;
                        }[];
                        /** @description Unknown songs, shared out over the segments as the known ones are; one of each artist, the nearest first */
                        suggestions: {
                            track_id: string;
                            artist_name: string | null;
                            track_name: string | null;
                            genre: string | null;
                            popularity: number | null;
                            features: {
                                instrumentalness: number;
                                speechiness: number;
                                danceability: number;
                                valence: number;
                                tempo: number;
                            };
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            /** @description To the centre of the known tracks of its segment, in standard deviations */
                            distance: number;
                        }[];
                        /** @description What was chosen from */
                        catalogue: {
                            /** @description Tracks that are held */
                            tracks: number;
                            /** @description Tracks of the whole catalogue, where those held are a sample of it; else null */
                            sampled_from: number | null;
                        };
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClusters: {
        parameters: {
            query?: {
                /**
                 * @description Most entries of the page
                 * @example 50
                 */
                limit?: number;
                /** @description Where the page begins: take it from the «next» of the page before; its form may change */
                cursor?: string;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By cluster_id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    /**
                     * @description The next page, as «<path>; rel="next"» (RFC 8288); absent on the last one
                     * @example </v1/runs?limit=50&cursor=eyJydW4iOiIyMDI2In0>; rel="next"
                     */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        clusters: {
                            /** @description Its number in this model version */
                            cluster_id: number;
                            /** @description Permanent id of the segment: the same in every model version that still has it */
                            segment_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            /** @description Whether people gave it that name */
                            name_pinned: boolean;
                            /** @description The feature that moved farthest since the name was pinned, where that is more than 0.5 standard deviations: see whether the name still fits */
                            name_review: {
                                feature: string;
                                /** @description In standard deviations of the catalogue */
                                sd: number;
                            } | null;
                            /** @description Its own in every version, and unlike those of its neighbours */
                            colour: string;
                            /** @description Tracks in it, on each side of the split */
                            rows: {
                                train: number;
                                test: number;
                            };
                            /** @description Their share of all tracks of that side */
                            share: {
                                train: number;
                                test: number;
                            };
                            /** @description Over its training tracks, in the units of each feature */
                            features: {
                                feature: string;
                                mean: number;
                                sd: number;
                                /** @description (mean - catalogue mean) / catalogue sd: how the segment differs */
                                contrast: number;
                                /** @description Eleven values: least, the nine inner deciles, largest */
                                deciles: number[];
                            }[];
                            /** @description The tracks that are most like the segment, the nearest first */
                            exemplars: {
                                /** @description To the centre of the segment, in standard deviations */
                                distance: number;
                                track: {
                                    track_id: string;
                                    artist_name: string | null;
                                    track_name: string | null;
                                    genre: string | null;
                                    popularity: number | null;
                                } | null;
                            }[];
                        }[];
                        /** @description Path and query of the next page; null on the last one */
                        next: string | null;
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such page */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The number that it has in this model version, or its permanent segment_id
                 * @example 0
                 */
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its name, size and profile */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        cluster: {
                            /** @description Its number in this model version */
                            cluster_id: number;
                            /** @description Permanent id of the segment: the same in every model version that still has it */
                            segment_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            /** @description Whether people gave it that name */
                            name_pinned: boolean;
                            /** @description The feature that moved farthest since the name was pinned, where that is more than 0.5 standard deviations: see whether the name still fits */
                            name_review: {
                                feature: string;
                                /** @description In standard deviations of the catalogue */
                                sd: number;
                            } | null;
                            /** @description Its own in every version, and unlike those of its neighbours */
                            colour: string;
                            /** @description Tracks in it, on each side of the split */
                            rows: {
                                train: number;
                                test: number;
                            };
                            /** @description Their share of all tracks of that side */
                            share: {
                                train: number;
                                test: number;
                            };
                            /** @description Over its training tracks, in the units of each feature */
                            features: {
                                feature: string;
                                mean: number;
                                sd: number;
                                /** @description (mean - catalogue mean) / catalogue sd: how the segment differs */
                                contrast: number;
                                /** @description Eleven values: least, the nine inner deciles, largest */
                                deciles: number[];
                            }[];
                            /** @description The tracks that are most like the segment, the nearest first */
                            exemplars: {
                                /** @description To the centre of the segment, in standard deviations */
                                distance: number;
                                track: {
                                    track_id: string;
                                    artist_name: string | null;
                                    track_name: string | null;
                                    genre: string | null;
                                    popularity: number | null;
                                } | null;
                            }[];
                        };
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such segment */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pinSegmentName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its permanent id
                 * @example seg_k3v7qd2mza
                 */
                segment_id: string;
            };
            cookie?: never;
        };
        /** @description At most 16384 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    en: string;
                    es: string;
                    /** @description Why; kept in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description What it is called now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Permanent id of the segment: the same in every model version that still has it */
                        segment_id: string;
                        name: {
                            en: string;
                            es: string;
                        };
                        name_pinned: boolean;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such segment */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unpinSegmentName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its permanent id
                 * @example seg_k3v7qd2mza
                 */
                segment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it is called now: as training proposes */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Permanent id of the segment: the same in every model version that still has it */
                        segment_id: string;
                        name: {
                            en: string;
                            es: string;
                        };
                        name_pinned: boolean;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such segment */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComposition: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By cluster_id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        /** @description Tracks that are counted: all of the catalogue, or a sample of as many as the service keeps */
                        tracks: number;
                        catalogue_tracks: number;
                        segments: {
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                            /** @description Its own in every version, and unlike those of its neighbours */
                            colour: string;
                            tracks: number;
                            /** @description The most frequent ones */
                            genres: {
                                genre: string;
                                tracks: number;
                                /** @description Its share in the segment over its share in the catalogue */
                                lift: number;
                            }[];
                            other_genres: number;
                            without_genre: number;
                            /** @description Least, the nine inner deciles, largest; null where the catalogue doesn’t say */
                            popularity: number[] | null;
                        }[];
                        by: {
                            /** @description The most frequent genres of the catalogue, the most frequent first */
                            genres: {
                                genre: string;
                                /** @description Tracks in each segment, by cluster_id */
                                tracks: number[];
                            }[];
                            /** @description Tracks in each segment, by cluster_id */
                            other_genres: number[];
                            /** @description Tracks in each segment, by cluster_id */
                            without_genre: number[];
                            /** @description Every year that a track has, the earliest first */
                            years: {
                                year: number;
                                /** @description Tracks in each segment, by cluster_id */
                                tracks: number[];
                            }[];
                            /** @description Tracks in each segment, by cluster_id */
                            without_year: number[];
                        };
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMap: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        tracks: number;
                        /**
                         * Format: uri-reference
                         * @description Where the points are
                         */
                        points: string;
                        /** @description Standard deviations of each direction at the edge; tracks beyond lie on it */
                        reach: number;
                        /** @description First row of each segment, by cluster_id, and the end */
                        segment_rows: number[];
                        /** @description Share of the variance along each direction */
                        explained: number[];
                        /** @description How much of each feature is in each direction */
                        loadings: number[][];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapPoints: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The version in production
                 * @example m-0a1b2c3d4e5f
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Four bytes a track */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    /**
                     * @description They may be kept
                     * @example private, max-age=31536000, immutable
                     */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model version */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchTracks: {
        parameters: {
            query: {
                /**
                 * @description Words of a track’s name, of its artist’s, or of both, whatever their case and accents; each must be in one of them
                 * @example an artist
                 */
                q: string;
                /** @description Tracks to tell at most */
                limit?: number;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that fit best */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        /** @description Tracks that fit */
                        found: number;
                        tracks: {
                            /** @description As the map has it */
                            row: number;
                            track_id: string;
                            artist_name: string | null;
                            track_name: string | null;
                            genre: string | null;
                            popularity: number | null;
                            features: {
                                instrumentalness: number;
                                speechiness: number;
                                danceability: number;
                                valence: number;
                                tempo: number;
                            };
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                        }[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTracks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 65536 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description As the map has them */
                    rows: number[];
                };
            };
        };
        responses: {
            /** @description In the order asked for */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        tracks: {
                            track_id: string;
                            artist_name: string | null;
                            track_name: string | null;
                            genre: string | null;
                            popularity: number | null;
                            features: {
                                instrumentalness: number;
                                speechiness: number;
                                danceability: number;
                                valence: number;
                                tempo: number;
                            };
                            /** @description Index of the segment in this model version; 0 is the largest */
                            cluster_id: number;
                            segment: {
                                /** @description Permanent id of the segment: the same in every model version that still has it */
                                segment_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                            };
                        }[];
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The catalogue is being loaded; or: No catalogue behind the model; or: The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /**
                 * @description Most entries of the page
                 * @example 50
                 */
                limit?: number;
                /** @description Where the page begins: take it from the «next» of the page before; its form may change */
                cursor?: string;
                /**
                 * @description As the registry stood at that moment; figures are of the files
                 * @example 2026-11-01T12:00:00Z
                 */
                as_of?: string;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    /**
                     * @description The next page, as «<path>; rel="next"» (RFC 8288); absent on the last one
                     * @example </v1/runs?limit=50&cursor=eyJydW4iOiIyMDI2In0>; rel="next"
                     */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: {
                            version: string;
                            /** @enum {unknown} */
                            state: "production" | "archived" | "refused" | "candidate";
                            /** @description Whether its files were removed to make room */
                            pruned: boolean;
                            /** @description Number of segments */
                            k: number | null;
                            registered_at: string | null;
                            promoted_at: string | null;
                            /** @description The run that made it */
                            run: string | null;
                            /** @description WCSS and Silhouettes, train and test */
                            metrics: {
                                [key: string]: unknown;
                            } | null;
                            /** @description Why its files cannot be used; null when they can */
                            damaged: {
                                code: string;
                                title: string;
                            } | null;
                        }[];
                        /** @description Path and query of the next page; null on the last one */
                        next: string | null;
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such page */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: {
                /**
                 * @description As the registry stood at that moment; figures are of the files
                 * @example 2026-11-01T12:00:00Z
                 */
                as_of?: string;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Its name
                 * @example m-0a1b2c3d4e5f
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that is known of it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        /** @enum {unknown} */
                        state: "production" | "archived" | "refused" | "candidate";
                        /** @description model.json: scaler, centroids, contract, lineage */
                        model: {
                            [key: string]: unknown;
                        };
                        metrics: {
                            [key: string]: unknown;
                        };
                        /** @description What the ledger says of it, the oldest first */
                        history: {
                            /** Format: date-time */
                            time: string;
                            event: string;
                            version: string;
                            previous: string | null;
                            run: string | null;
                            actor: string;
                            reason: string | null;
                        }[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model version */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its name
                 * @example m-0a1b2c3d4e5f
                 */
                version: string;
            };
            cookie?: never;
        };
        /** @description At most 16384 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the ledger */
                    reason?: string;
                    /** @description The person who answers for a version that the gate refused; needs a reason */
                    override_by?: string;
                };
            };
        };
        responses: {
            /** @description It serves */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In production now */
                        version: string;
                        /** @description In production before */
                        previous: string | null;
                        /** @description False where it was in production already */
                        changed: boolean;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model version */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The gate refused this version */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBack: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description It serves */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In production now */
                        version: string;
                        /** @description In production before */
                        previous: string | null;
                        /** @description False where it was in production already */
                        changed: boolean;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing to roll back to */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHistory: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From the beginning until now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Every retrain that came to a verdict, the oldest first */
                        versions: {
                            version: string;
                            run: string | null;
                            /** Format: date-time */
                            at: string;
                            /** @enum {unknown} */
                            verdict: "accepted" | "refused";
                            failed_rules: string[];
                            silhouette_limit: number | null;
                            /** @description null where its files are gone */
                            content: {
                                /** @description In production when it was trained */
                                parent: string | null;
                                /** @description Number of segments */
                                k: number;
                                /** @description Squared distances of the training tracks to their centres, summed */
                                wcss: number;
                                silhouette: {
                                    /** @description Its definition, and the sample size where it is an estimate */
                                    metric: string;
                                    value: number;
                                    ci95: number[] | null;
                                };
                                /** @description Share of the training tracks whose segment keeps its id; null without a version to compare with */
                                kept_share: number | null;
                                segments: {
                                    /** @description Permanent id of the segment: the same in every model version that still has it */
                                    segment_id: string;
                                    name: {
                                        en: string;
                                        es: string;
                                    };
                                    colour: string;
                                    rows: number;
                                    share: number;
                                }[];
                                /** @description Training tracks by their segment in the parent and here; new tracks count where they are */
                                flows: {
                                    /** @description Permanent id of the segment: the same in every model version that still has it */
                                    from: string;
                                    /** @description Permanent id of the segment: the same in every model version that still has it */
                                    to: string;
                                    rows: number;
                                }[];
                            } | null;
                        }[];
                        /** @description When which version was in production, the oldest first */
                        production: {
                            version: string;
                            /** Format: date-time */
                            from: string;
                            to: string | null;
                            /** @enum {unknown} */
                            event: "promoted" | "rolled_back";
                            actor: string;
                        }[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDecision: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Its id
                 * @example 2026-11-23T05-00-00Z
                 */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The decision */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such run; or: No decision of this run */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDrift: {
        parameters: {
            query?: {
                /** @description Days of the window (UTC), the one under way included; 7 unless given */
                days?: number;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison, finding by finding */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_version: string;
                        window: {
                            /**
                             * Format: date
                             * @description A day of UTC
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description A day of UTC
                             */
                            to: string;
                        };
                        /** @description Tracks that were put into a segment */
                        tracks: number;
                        /** @description Tracks that broke a rule of the request */
                        refused: number;
                        /**
                         * @description none: a shift of 0.3 standard deviations would have been seen, and was not. not_enough_data: it could have been missed. warn: significant and larger than 0.1; alert: larger than 0.25, or a warning twice running
                         * @enum {unknown}
                         */
                        verdict: "not_enough_data" | "none" | "warn" | "alert";
                        smallest_visible_shift: number | null;
                        /** @description Share of windows, at most, that tell of something where nothing changed */
                        false_alarm_share: number;
                        features: {
                            feature: string;
                            unit: string;
                            reference: {
                                n: number;
                                mean: number | null;
                                sd: number | null;
                            };
                            current: {
                                n: number;
                                mean: number | null;
                                sd: number | null;
                                below: number;
                                above: number;
                                left_out: number;
                            };
                            smallest_visible_shift: number | null;
                            /**
                             * @description none: a shift of 0.3 standard deviations would have been seen, and was not. not_enough_data: it could have been missed. warn: significant and larger than 0.1; alert: larger than 0.25, or a warning twice running
                             * @enum {unknown}
                             */
                            verdict: "not_enough_data" | "none" | "warn" | "alert";
                        }[];
                        segments: {
                            cluster_id: number;
                            segment_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            reference_share: number;
                            current_share: number | null;
                            tracks: number;
                        }[];
                        findings: {
                            /** @description A feature, or segments, distance, boundary, unassigned, refused */
                            subject: string;
                            /** @enum {unknown} */
                            measure: "mean" | "sd" | "shape" | "range" | "share";
                            z: number | null;
                            effect: number | null;
                            smallest_visible: number | null;
                            /**
                             * @description none: a shift of 0.3 standard deviations would have been seen, and was not. not_enough_data: it could have been missed. warn: significant and larger than 0.1; alert: larger than 0.25, or a warning twice running
                             * @enum {unknown}
                             */
                            verdict: "not_enough_data" | "none" | "warn" | "alert";
                        }[];
                        /** @description What would explain the warnings and alerts */
                        kinds: {
                            /**
                             * @description Only population is drift
                             * @enum {unknown}
                             */
                            kind: "source" | "schema" | "scale" | "population";
                            subject: string;
                            why: string;
                        }[];
                        /** @description The window before; null where nothing was asked in it */
                        before: {
                            /**
                             * Format: date
                             * @description A day of UTC
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description A day of UTC
                             */
                            to: string;
                            model_version: string;
                            tracks: number;
                            /**
                             * @description none: a shift of 0.3 standard deviations would have been seen, and was not. not_enough_data: it could have been missed. warn: significant and larger than 0.1; alert: larger than 0.25, or a warning twice running
                             * @enum {unknown}
                             */
                            verdict: "not_enough_data" | "none" | "warn" | "alert";
                        } | null;
                        /** @description Files of windows that are missing from it */
                        unreadable_files: string[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No model is in production; or: A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /**
                 * @description Most entries of the page
                 * @example 50
                 */
                limit?: number;
                /** @description Where the page begins: take it from the «next» of the page before; its form may change */
                cursor?: string;
            };
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    /**
                     * @description The next page, as «<path>; rel="next"» (RFC 8288); absent on the last one
                     * @example </v1/runs?limit=50&cursor=eyJydW4iOiIyMDI2In0>; rel="next"
                     */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            run: string;
                            dag: string;
                            /** @enum {unknown} */
                            state: "running" | "promoted" | "refused" | "failed";
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            k: number | "auto";
                            seed: number;
                            model_version: string | null;
                            /** @description In the order in which they run */
                            tasks: {
                                /** @enum {unknown} */
                                task: "T1_Ingesta_y_Limpieza" | "T2_Entrenamiento_Modelo" | "T3_Evaluacion_Calidad" | "T4_Registro_Despliegue" | "T5_Notificacion_Fallo";
                                /** @enum {unknown} */
                                state: "pending" | "running" | "done" | "refused" | "failed" | "skipped";
                                attempts: number;
                                started_at: string | null;
                                ended_at: string | null;
                                seconds: number | null;
                                summary: string | null;
                                /** @description The log of the run has the details */
                                error: {
                                    code: string;
                                    title: string;
                                } | null;
                            }[];
                        }[];
                        /** @description Path and query of the next page; null on the last one */
                        next: string | null;
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such page */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4096 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Number of segments; as the service was started unless given */
                    k?: number | "auto";
                };
            };
        };
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    /**
                     * @description Where to see how far it came
                     * @example /v1/runs/2026-11-23T05-00-00Z
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        run: string;
                        dag: string;
                        /** @enum {unknown} */
                        state: "running" | "promoted" | "refused" | "failed";
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        k: number | "auto";
                        seed: number;
                        model_version: string | null;
                        /** @description In the order in which they run */
                        tasks: {
                            /** @enum {unknown} */
                            task: "T1_Ingesta_y_Limpieza" | "T2_Entrenamiento_Modelo" | "T3_Evaluacion_Calidad" | "T4_Registro_Despliegue" | "T5_Notificacion_Fallo";
                            /** @enum {unknown} */
                            state: "pending" | "running" | "done" | "refused" | "failed" | "skipped";
                            attempts: number;
                            started_at: string | null;
                            ended_at: string | null;
                            seconds: number | null;
                            summary: string | null;
                            /** @description The log of the run has the details */
                            error: {
                                code: string;
                                title: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A run is under way; or: The service has no catalogue to train on */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Its id
                 * @example 2026-11-23T05-00-00Z
                 */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        run: string;
                        dag: string;
                        /** @enum {unknown} */
                        state: "running" | "promoted" | "refused" | "failed";
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        k: number | "auto";
                        seed: number;
                        model_version: string | null;
                        /** @description In the order in which they run */
                        tasks: {
                            /** @enum {unknown} */
                            task: "T1_Ingesta_y_Limpieza" | "T2_Entrenamiento_Modelo" | "T3_Evaluacion_Calidad" | "T4_Registro_Despliegue" | "T5_Notificacion_Fallo";
                            /** @enum {unknown} */
                            state: "pending" | "running" | "done" | "refused" | "failed" | "skipped";
                            attempts: number;
                            started_at: string | null;
                            ended_at: string | null;
                            seconds: number | null;
                            summary: string | null;
                            /** @description The log of the run has the details */
                            error: {
                                code: string;
                                title: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such run */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogLevel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The level of the process that answers */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Least level of what is logged; debug has every request
                         * @enum {unknown}
                         */
                        level: "trace" | "debug" | "info" | "warn" | "error" | "silent";
                        /** @description When each process goes back to its own; null where it stays */
                        until: string | null;
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setLogLevel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes of JSON. */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Least level of what is logged; debug has every request
                     * @enum {unknown}
                     */
                    level: "trace" | "debug" | "info" | "warn" | "error" | "silent";
                    /** @description How long; until it is changed unless given */
                    minutes?: number;
                };
            };
        };
        responses: {
            /** @description What is logged now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Least level of what is logged; debug has every request
                         * @enum {unknown}
                         */
                        level: "trace" | "debug" | "info" | "warn" | "error" | "silent";
                        /** @description When each process goes back to its own; null where it stays */
                        until: string | null;
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON; or: The request breaks the rules of its schema */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the answers that you have: 304 where one of them still holds
                 * @example W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the key */
                        key: string;
                        /** @description What it allows */
                        scopes: ("predict" | "read" | "admin")[];
                    };
                };
            };
            /** @description You have this answer already */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    /**
                     * @description The session: HttpOnly, SameSite=Strict; 12 hours
                     * @example segue_session=…; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the key */
                        key: string;
                        /** @description What it allows */
                        scopes: ("predict" | "read" | "admin")[];
                    };
                };
            };
            /** @description No valid API key */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this; or: A page of another site asks */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    /**
                     * @description The session: HttpOnly, SameSite=Strict; 12 hours
                     * @example segue_session=…; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        signed_out: true;
                    };
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can: a model is loaded and a key works */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ready";
                        model_version: string;
                        /** @description Why the version in production is not the one that answers; null when it is */
                        refused: {
                            /** @description null where the ledger itself cannot be read */
                            version: string | null;
                            /** @description Error code of Segue (docs/errors.md); the log has the details */
                            code: string;
                            title: string;
                        } | null;
                        /**
                         * @description Whether playlists and profiles can be served too; predictions do not wait for it
                         * @enum {unknown}
                         */
                        catalogue: "ready" | "loading" | "none";
                    };
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not ready */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": string;
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblemKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The «code» of a problem
                 * @example invalid_request
                 */
                code: "malformed_request" | "unauthorized" | "scope_missing" | "cross_site_request" | "route_not_found" | "cluster_not_found" | "model_not_found" | "track_not_found" | "decision_not_found" | "run_not_found" | "version_refused" | "nothing_earlier" | "run_in_progress" | "no_source" | "page_not_found" | "problem_not_found" | "method_not_allowed" | "request_timeout" | "body_too_large" | "not_json" | "invalid_request" | "too_many_requests" | "headers_too_large" | "internal_error" | "no_model" | "overloaded" | "not_ready" | "catalogue_loading" | "no_catalogue";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its meaning, and how to mend it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        status: number;
                        title: string;
                        meaning: string;
                        mend: string;
                    };
                };
            };
            /** @description No such problem code */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the service */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is overloaded */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problems that come before the operation is reached */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Model-Version": components["headers"]["X-Model-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
