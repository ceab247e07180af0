//! The OpenAPI document, made from the routes themselves (API-1).

use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn, PathItemBuilder};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{HttpMethod, ObjectBuilder, Required, ResponseBuilder, Type};

/// What stands around the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "SyncWatch",
        description = "Watch films together, each at home. Rooms live on a WebSocket; this is everything around it.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    tags(
        (name = "accounts", description = "Accounts and sessions"),
        (name = "rooms", description = "Rooms, as seen from outside"),
        (name = "videos", description = "Films: their uploads, their state, and where players find them"),
    ),
    components(schemas(syncwatch_protocol::Code)),
    security(("bearer" = [])),
)]
struct Frame;

/// The document without the routes.
pub(crate) fn frame() -> Document {
    let mut document = Frame::openapi();
    let components = document.components.get_or_insert_with(Default::default);
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    let header = |name| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(name)));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("session", cookie("sw_refresh"));
    components.add_security_scheme("csrf", header("X-CSRF-Token"));
    document
}

/// The whole document.
pub fn document() -> Document {
    let mut document = crate::routes::described().into_openapi();
    describe_uploads(&mut document);
    document
}

/// Uploads speak tus 1.0, whose requests are all headers; they are listed by name and the protocol's page says the rest.
fn describe_uploads(document: &mut Document) {
    let paths = &mut document.paths.paths;
    let made = [(HttpMethod::Options, "What this server can do", "204"), (HttpMethod::Post, "Begin an upload", "201")];
    let going = [
        (HttpMethod::Head, "How much has arrived", "200"),
        (HttpMethod::Patch, "Send the next bytes", "204"),
        (HttpMethod::Delete, "Give an upload up", "204"),
    ];
    paths.insert("/videos/upload".into(), tus_path(&made, false));
    paths.insert("/videos/upload/{id}".into(), tus_path(&going, true));
}

fn tus_path(methods: &[(HttpMethod, &str, &str)], with_id: bool) -> utoipa::openapi::PathItem {
    let operation = |summary: &str, status: &str| {
        let mut operation = OperationBuilder::new()
            .tag("videos")
            .summary(Some(summary))
            .description(Some("See the tus protocol, version 1.0.0: https://tus.io/protocols/resumable-upload"))
            .response(status, ResponseBuilder::new().description("As the protocol says"));
        if with_id {
            let text = ObjectBuilder::new().schema_type(Type::String).build();
            let id = ParameterBuilder::new().name("id").parameter_in(ParameterIn::Path).required(Required::True);
            operation = operation.parameter(id.schema(Some(text)));
        }
        operation.build()
    };
    let add = |path: PathItemBuilder, (method, summary, status): &(HttpMethod, &str, &str)| {
        path.operation(method.clone(), operation(summary, status))
    };
    methods.iter().fold(PathItemBuilder::new(), add).build()
}
