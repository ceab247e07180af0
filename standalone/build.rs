//! The web application is embedded from `web/dist`; a checkout that has not built it yet still compiles.
fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("../web/dist")?;
    println!("cargo:rerun-if-changed=../web/dist");
    Ok(())
}
