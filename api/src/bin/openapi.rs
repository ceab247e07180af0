//! Prints the OpenAPI document, for `make generate`.

fn main() {
    let document = syncwatch_api::document().to_pretty_json();
    println!("{}", document.expect("the document has string keys only, so it always serialises"));
}
