extension OpenAPIDocument {
    /// What goes in and out. Only what a client has to know: other members of a question are ignored, those of an
    /// answer may grow.
    static let schemas: JSON = {
        guard let schemas = try? JSONReader.read(Array(text.utf8)) else {
            preconditionFailure("the schemas are no JSON")
        }
        return schemas
    }()

    private static let text = #"""
        {
        "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object",
            "required": ["message", "type", "param", "code"], "properties": {"message": {"type": "string"},
            "type": {"type": "string"}, "param": {"type": ["string", "null"]}, "code": {"type": ["string", "null"]}}}}},
        "Health": {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}},
        "Deleted": {"type": "object", "required": ["id", "object", "deleted"], "properties": {
            "id": {"type": "string"}, "object": {"type": "string"}, "deleted": {"const": true}}},
        "Page": {"type": "object", "required": ["object", "data", "has_more"], "properties": {
            "object": {"const": "list"}, "data": {"type": "array", "items": {"type": "object"}},
            "has_more": {"type": "boolean"}}},
        "Model": {"type": "object", "required": ["id", "object", "created", "owned_by"], "properties": {
            "id": {"type": "string"}, "object": {"const": "model"}, "created": {"type": "integer"},
            "owned_by": {"type": "string"}}},
        "Sampling": {"type": "object", "required": ["model"], "properties": {
            "model": {"type": "string"}, "temperature": {"type": ["number", "null"], "minimum": 0, "maximum": 10},
            "top_p": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 1},
            "top_k": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000},
            "min_p": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "repetition_penalty": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 10},
            "frequency_penalty": {"type": ["number", "null"], "minimum": -2, "maximum": 2},
            "presence_penalty": {"type": ["number", "null"], "minimum": -2, "maximum": 2},
            "seed": {"type": ["integer", "null"]}, "n": {"type": ["integer", "null"], "minimum": 1, "maximum": 128},
            "logit_bias": {"type": ["object", "null"], "patternProperties": {"^[0-9]{1,5}$": {"type": "number",
                "minimum": -100, "maximum": 100}}, "additionalProperties": false},
            "stop": {"oneOf": [{"type": "null"}, {"type": "string"},
                {"type": "array", "maxItems": 4, "items": {"type": "string"}}]},
            "stop_token_ids": {"type": ["array", "null"], "maxItems": 64, "items": {"type": "integer", "minimum": 0}},
            "stream": {"type": ["boolean", "null"]}, "grammar": {"type": ["string", "null"]},
            "response_format": {"type": ["object", "null"], "required": ["type"], "properties": {
                "type": {"enum": ["text", "json_object", "json_schema"]}, "json_schema": {"type": "object",
                "properties": {"name": {"type": "string"}, "schema": {"type": "object"}}}}}}},
        "ChatQuestion": {"allOf": [{"$ref": "#/components/schemas/Sampling"}, {"type": "object",
            "required": ["messages"], "properties": {"messages": {"type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["role", "content"], "properties": {
                    "role": {"enum": ["system", "developer", "user", "assistant", "tool"]},
                    "content": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "object",
                        "required": ["type", "text"], "properties": {"type": {"const": "text"},
                        "text": {"type": "string"}}}}]}}}},
            "max_tokens": {"type": ["integer", "null"], "minimum": 1},
            "max_completion_tokens": {"type": ["integer", "null"], "minimum": 1},
            "logprobs": {"type": ["boolean", "null"]},
            "top_logprobs": {"type": ["integer", "null"], "minimum": 0, "maximum": 20}}}]},
        "ChatAnswer": {"type": "object", "required": ["id", "object", "created", "model", "choices", "usage"],
            "properties": {"object": {"const": "chat.completion"}, "choices": {"type": "array", "items": {
                "type": "object", "required": ["index", "message", "finish_reason"], "properties": {
                    "message": {"type": "object", "required": ["role", "content"]},
                    "finish_reason": {"enum": ["stop", "length"]}}}}}},
        "CompletionQuestion": {"allOf": [{"$ref": "#/components/schemas/Sampling"}, {"type": "object",
            "required": ["prompt"], "properties": {
            "prompt": {"oneOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}},
                {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 0}},
                {"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 1,
                    "items": {"type": "integer", "minimum": 0}}}]},
            "max_tokens": {"type": ["integer", "null"], "minimum": 0}, "echo": {"type": ["boolean", "null"]},
            "best_of": {"type": ["integer", "null"], "minimum": 1, "maximum": 128},
            "logprobs": {"type": ["integer", "null"], "minimum": 0, "maximum": 20}}}]},
        "CompletionAnswer": {"type": "object", "required": ["id", "object", "created", "model", "choices", "usage"],
            "properties": {"object": {"const": "text_completion"}, "choices": {"type": "array", "items": {
                "type": "object", "required": ["index", "text", "finish_reason"]}}}},
        "FileForm": {"type": "object", "required": ["file", "purpose"], "properties": {
            "file": {"type": "string", "format": "binary"},
            "purpose": {"enum": ["fine-tune", "assistants", "batch", "vision", "user_data", "evals"]}}},
        "File": {"type": "object", "required": ["id", "object", "bytes", "created_at", "filename", "purpose"],
            "properties": {"id": {"type": "string"}, "object": {"const": "file"}, "bytes": {"type": "integer"},
            "created_at": {"type": "integer"}, "filename": {"type": "string"}, "purpose": {"type": "string"},
            "status": {"enum": ["processed", "error"]}, "status_details": {"type": ["string", "null"]}}},
        "UploadQuestion": {"type": "object", "required": ["bytes", "filename", "purpose"], "properties": {
            "bytes": {"type": "integer", "minimum": 0, "maximum": 8589934592},
            "filename": {"type": "string", "minLength": 1, "maxLength": 200}, "mime_type": {"type": "string"},
            "purpose": {"enum": ["fine-tune", "assistants", "batch", "vision", "user_data", "evals"]}}},
        "PartForm": {"type": "object", "required": ["data"], "properties": {
            "data": {"type": "string", "format": "binary"}}},
        "CompleteQuestion": {"type": "object", "required": ["part_ids"], "properties": {
            "part_ids": {"type": "array", "items": {"type": "string"}}}},
        "Upload": {"type": "object", "required": ["id", "object", "status"], "properties": {
            "id": {"type": "string"}, "object": {"type": "string"},
            "status": {"enum": ["pending", "completed", "cancelled"]}}},
        "Part": {"type": "object", "required": ["id", "object", "upload_id"], "properties": {
            "object": {"const": "upload.part"}}},
        "Settings": {"type": "object", "properties": {
            "n_epochs": {"oneOf": [{"const": "auto"}, {"type": "integer", "minimum": 1, "maximum": 50}]},
            "batch_size": {"oneOf": [{"const": "auto"}, {"type": "integer", "minimum": 1, "maximum": 256}]},
            "learning_rate_multiplier": {"oneOf": [{"const": "auto"},
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1000}]},
            "prompt_loss_weight": {"type": "number", "minimum": 0, "maximum": 1},
            "learning_rate": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
            "max_steps": {"type": "integer", "minimum": 1, "maximum": 10000000},
            "lora_rank": {"type": "integer", "minimum": 1, "maximum": 256},
            "lora_alpha": {"type": "number", "exclusiveMinimum": 0, "maximum": 4096},
            "eval_interval": {"type": "integer", "minimum": 1, "maximum": 10000000}}},
        "JobQuestion": {"type": "object", "required": ["model", "training_file"], "properties": {
            "model": {"type": "string"}, "training_file": {"type": "string"},
            "validation_file": {"type": ["string", "null"]},
            "suffix": {"type": ["string", "null"], "minLength": 1, "maxLength": 64},
            "seed": {"type": ["integer", "null"], "minimum": 0, "maximum": 2147483647},
            "metadata": {"type": ["object", "null"], "maxProperties": 16,
                "additionalProperties": {"type": "string", "maxLength": 512}},
            "hyperparameters": {"$ref": "#/components/schemas/Settings"},
            "method": {"type": "object", "required": ["type"], "properties": {"type": {"enum": ["supervised", "dpo"]},
                "supervised": {"type": "object", "properties": {
                    "hyperparameters": {"$ref": "#/components/schemas/Settings"}}},
                "dpo": {"type": "object", "properties": {
                    "hyperparameters": {"$ref": "#/components/schemas/Settings"}}}}}}},
        "Job": {"type": "object", "required": ["id", "object", "created_at", "model", "status", "hyperparameters",
            "training_file", "result_files", "seed"], "properties": {"id": {"type": "string"},
            "object": {"const": "fine_tuning.job"}, "status": {"type": "string"},
            "fine_tuned_model": {"type": ["string", "null"]}, "error": {"type": ["object", "null"]}}},
        "FineTuneQuestion": {"type": "object", "required": ["training_file"], "properties": {
            "training_file": {"type": "string"}, "validation_file": {"type": ["string", "null"]},
            "model": {"type": ["string", "null"]}, "n_epochs": {"type": ["integer", "null"], "minimum": 1, "maximum": 50},
            "batch_size": {"type": ["integer", "null"], "minimum": 1, "maximum": 256},
            "learning_rate_multiplier": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 1000},
            "prompt_loss_weight": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "suffix": {"type": ["string", "null"], "minLength": 1, "maxLength": 40}}},
        "FineTune": {"type": "object", "required": ["id", "object", "created_at", "model", "status", "hyperparams",
            "training_files", "result_files"], "properties": {"id": {"type": "string"},
            "object": {"const": "fine-tune"}, "status": {"type": "string"}}}
        }
        """#
}
