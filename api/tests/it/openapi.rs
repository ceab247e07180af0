use std::collections::BTreeSet;
use std::path::Path;

use reqwest::StatusCode;
use serde_json::Value;

use crate::harness::{Expect, TestApi};
use crate::tus::header;

// API-1
#[test]
fn the_checked_in_document_is_the_one_that_the_routes_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api/openapi.json");
    let checked_in = std::fs::read_to_string(&path).unwrap();
    let made = syncwatch_api::document().to_pretty_json().unwrap();
    assert_eq!(checked_in.trim_end(), made.trim_end(), "run `make generate`");
}

// API-2
#[tokio::test]
async fn the_document_is_served_and_names_every_route_of_the_contract() {
    let api = TestApi::start().await;
    let document = api.get("openapi.json").send().await.unwrap().expect(StatusCode::OK).await;
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let paths: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    for path in [
        "/auth/register",
        "/auth/login",
        "/auth/refresh",
        "/auth/logout",
        "/auth/me",
        "/auth/password",
        "/rooms",
        "/rooms/{code}",
        "/rooms/{code}/join",
        "/rooms/mine",
        "/nickname",
        "/videos",
        "/videos/upload",
        "/videos/upload/{id}",
        "/videos/{id}",
        "/videos/{id}/status",
        "/videos/{id}/manifest",
        "/videos/{id}/retry",
    ] {
        assert!(paths.contains(path), "{path} is missing in {paths:?}");
    }
}

// API-1
#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let document = serde_json::to_value(syncwatch_api::document()).unwrap();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

// API-1
#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = serde_json::to_value(syncwatch_api::document()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let names: Vec<_> = operations.filter_map(|operation| operation["operationId"].as_str()).collect();
    assert!(names.len() >= 18);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_references(value, found)),
        _ => {}
    }
}

// API-1, SEC-1
#[tokio::test]
async fn the_browsable_page_uses_nothing_but_its_own_files() {
    let api = TestApi::start().await;
    let page = api.get("/api/docs").send().await.unwrap();
    assert!(header(&page, "content-security-policy").contains("script-src 'self'"));
    let html = page.text().await.unwrap();
    for file in ["/api/docs/page.css", "/api/docs/page.js", "/api/v1/openapi.json"] {
        assert!(html.contains(file));
        api.get(file).send().await.unwrap().expect(StatusCode::OK).await;
    }
    assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains("<script>"));
}
